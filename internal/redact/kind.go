package redact

// Kind says what was found in a text.
type Kind string

// The kinds of what is masked.
const (
	Password    Kind = "password"    // a password, PIN or passphrase
	Credentials Kind = "credentials" // what goes with a password: the user name of the VPN
	Code        Kind = "code"        // a coupon, serial number, licence, key or one-time code
	Email       Kind = "email"       // an e-mail address, also a broken one
	Phone       Kind = "phone"       // a telephone number
	Card        Kind = "card"        // the number of a payment card, or its security code
	Link        Kind = "link"        // what makes an address a secret: a token, a name and password
	Other       Kind = "other"       // nothing that we know to be harmless
)

// Secret reports whether the customer should be told not to write such things.
func (k Kind) Secret() bool {
	switch k {
	case Password, Credentials, Code, Card, Link:
		return true
	default:
		return false
	}
}

// Cleaned is a text with its secrets masked, and what they were.
type Cleaned struct {
	Text  Text
	Found []Kind // each kind once, sorted
}
