/*
Passdesk answers one question for Intego's customers: which password is being asked for, and how
do I get back in? This comment is a tour of the code, from the bottom up. Each package says in its
own comment why it exists; here is how they fit.

# Content

Everything that a person reads is in two folders of YAML, embedded into the binary and replaceable
with --content. knowledge/ holds the facts and the tree, the questions, the answers, the other
sentences, the sources and the stories. intents/ holds example messages that establish facts, and
the word lists that help to read them. Code holds ids only.

internal/strictyaml reads one content file: it refuses what is too large or too deep before decoding,
then unknown and duplicate keys, aliases and second documents, and reports every fault with its
file, line and column.

internal/guide turns knowledge/ into an immutable Guide. Load validates; Prove enumerates every
combination of facts the tree can tell apart and shows that each has one outcome, that every
conversation ends, and that every question can change the outcome. Guide.Walk is the one way down
the tree: a known fact leads into its branch, an unknown one is the question, a leaf is the answer.
Guide.Active says which of the customer's statements hold together, newest first.

# Engine

internal/dialogue is the pure engine. Next takes the guide, a State and a Reading, and returns the
next State and a Step. A State holds facts and not positions, so it survives edits of the content;
the conversation policy (rephrase, another tactic, a person, back, restart, change, side questions)
is one small switch that is the same for every topic.

internal/understand makes a Reading from text: normalisation, language, the number or label of a
choice, and one linear model per fact over words, n-grams, sounds and concepts, trained at start-up.
What it is not sure of it leaves out.

internal/reply turns a Step into words. It is the only place where sentences are chosen, so every
channel, and every agent who pastes an answer, says the same.

internal/picture draws the windows that ask for a password, as SVG in both languages; cmd/pictures
makes PNG files of them.

# Service

internal/chat holds what crosses the boundary between the desk and a channel: Message and Reply.

internal/redact masks secrets. A redact.Text can only be made there, and store and logs take no other
words of customers.

internal/desk is the one service: load the state, read, decide, word, keep. A message is answered once
however often it comes; content is exchanged between two turns; an agent's words are a turn as well.

internal/store says what is kept; sqlstore keeps it in SQLite or PostgreSQL with one SQL text, memstore
in memory, and storetest is the contract that all of them pass. internal/outbox delivers what a turn
caused, internal/handover says what and to whom; internal/retention erases; internal/reload watches
a content directory; internal/live tells open pages of new turns, of all replicas.

# Channels and agents

internal/channel/webchat is the chat and the help pages in a browser, channel/api the same as JSON,
channel/slackbot Slack for customers and agents, with slackbot/blocks for what they see there and
slackbot/fakeslack, a workspace for tests; channel/terminal is `passdesk chat`, channel/headless
`passdesk converse`, JSON lines for tests and integrations. A channel translates and does nothing
else.

internal/canned lays out answers as agents paste them, from the same reply as the bot's, and finds
them; internal/console is where agents do so, lead a caller down the tree and take conversations over;
internal/access says who is an agent.

internal/httpd is the server around all that: time and size limits, health, metrics, a graceful stop.

# Authors and operators

internal/author is what content authors run: check, stories with coverage, and explain.

internal/config is every setting, its explanation and its value; internal/observe is logs and metrics.

internal/importtest holds the rules above as a test; internal/browsertest is a real browser for tests;
internal/reliability pulls the plug; internal/measure and internal/bench put figures to claims.

cmd/passdesk wires it together: main.go has run, and one file per command the rest.
*/
package main
