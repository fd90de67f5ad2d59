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

# Service and channels

internal/chat holds what crosses the boundary between the desk and a channel: Message and Reply.

internal/desk is the one service: load the state, read, decide, word, keep.

internal/channel/terminal is `passdesk chat`; internal/channel/headless is `passdesk converse`, JSON
lines for tests and integrations. A channel translates and does nothing else.

# Authors and operators

internal/author is what content authors run: check, stories with coverage, and explain.

internal/config reads the environment. internal/importtest holds the rules above as a test.

cmd/passdesk wires it together: main.go has run, and one file per command the rest.
*/
package main
