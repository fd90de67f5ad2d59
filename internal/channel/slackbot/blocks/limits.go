package blocks

// The limits of Slack, in characters unless it says otherwise, from its reference and, for mostTotal, from
// what it answers (slackapi/bolt-js issue 2509).
const (
	mostBlocks     = 50
	mostViewBlocks = 100
	mostText       = 4000 // of an update; a new message may have ten times as much
	mostTotal      = 13_200
	mostMarkdown   = 12_000 // over all markdown blocks
	mostViewBytes  = 250_000
	mostMetadata   = 3000
	mostTitle      = 24 // of a window and its buttons

	mostSection  = 3000
	mostFields   = 10
	mostField    = 2000
	mostHeader   = 150
	mostContext  = 10
	mostAlt      = 2000
	mostCaption  = 2000 // of an image
	mostLabeling = 2000 // of a field to fill in, and of the hint below it

	mostButtons     = 25 // of one row of actions
	mostFace        = 75 // of a button or an option
	mostValue       = 2000
	mostURL         = 3000
	mostID          = 255
	mostPlaceholder = 150
	mostTyped       = 3000

	mostOptions     = 100
	mostGroups      = 100
	mostRadios      = 10
	leastOverflow   = 2
	mostOverflow    = 5
	mostOptionValue = 75 // sources say 75 or 150

	mostConfirmTitle = 100
	mostConfirmText  = 300
	mostConfirmFace  = 30
)
