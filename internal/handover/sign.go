package handover

import (
	"crypto/hmac"
	"crypto/sha256"
	_ "embed" // for the schema
	"encoding/hex"
)

// Sign returns the value of the header X-Passdesk-Signature: "v1=" and the HMAC-SHA256, in
// hexadecimal, of the timestamp (the value of X-Passdesk-Timestamp, seconds since 1970), a dot and
// the body as it was sent.
func Sign(secret []byte, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(timestamp))
	mac.Write([]byte("."))
	mac.Write(body)
	return "v1=" + hex.EncodeToString(mac.Sum(nil))
}

//go:embed packet.schema.json
var schema string

// Schema is the JSON Schema of a packet's JSON form, for those who write receivers.
func Schema() string { return schema }
