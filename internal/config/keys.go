package config

import (
	"slices"
	"time"
)

// Keys returns every setting, in the order in which they are shown.
func Keys() []Key {
	return slices.Concat(serverKeys(), databaseKeys(), httpKeys(), webKeys(), slackKeys(), limitKeys(), handoverKeys(), mailKeys(), webhookKeys(), upkeepKeys())
}

func serverKeys() []Key {
	return []Key{
		{Name: "listen", Kind: address(false), Default: "127.0.0.1:8080", Flag: "listen",
			Doc: "Where the server listens; without a host on every address of the machine, with port 0 on a port that is free."},
		{Name: "data", Kind: directory(), Flag: "data",
			Doc: "Directory of the SQLite database; by default the directory that the system keeps for the program's data."},
		{Name: "content", Kind: directory(), Flag: "content",
			Doc: "Directory with knowledge/ and intents/ to use instead of the content in the program."},
		{Name: "content-poll", Kind: duration(100*time.Millisecond, 24*time.Hour), Default: "2s",
			Doc: "How often that directory is looked at for changes."},
		{Name: "conversation-idle", Kind: duration(time.Minute, 30*24*time.Hour), Default: "24h",
			Doc: "After how long without a message a conversation starts afresh: whoever comes back the next day has another window before them."},
	}
}

func databaseKeys() []Key {
	return []Key{
		{Name: "database.url", Kind: databaseURL(), Secret: true,
			Doc: "PostgreSQL database to use instead of SQLite in the data directory."},
		{Name: "database.url-file", Kind: secretFile(), FileOf: "database.url",
			Doc: "File that holds database.url."},
		{Name: "database.connections", Kind: number(1, 1000, "number"), Default: "10",
			Doc: "How many connections to PostgreSQL are open at most."},
		{Name: "database.allow-unsafe", Kind: boolean(), Default: "false",
			Doc: "Start although the PostgreSQL server has fsync or synchronous_commit off and may forget, when it crashes, what it has confirmed."},
	}
}

func httpKeys() []Key {
	return []Key{
		{Name: "http.allowed-origins", Kind: origins(),
			Doc: "Web sites whose pages may talk to the desk from their visitors' browsers."},
		{Name: "http.trusted-proxies", Kind: networks(),
			Doc: "Proxies whose word is taken for the address of a client; everybody else counts as a client."},
		{Name: "http.body-limit", Kind: number[int64](1024, 16<<20, "bytes"), Default: "65536",
			Doc: "The largest request that is read."},
		{Name: "http.read-timeout", Kind: duration(100*time.Millisecond, 10*time.Minute), Default: "10s",
			Doc: "How long a client may take to send a request."},
		{Name: "http.write-timeout", Kind: duration(100*time.Millisecond, 10*time.Minute), Default: "30s",
			Doc: "How long a request may take from the end of its headers to the end of its reply."},
		{Name: "http.idle-timeout", Kind: duration(100*time.Millisecond, time.Hour), Default: "2m",
			Doc: "How long a connection without requests is kept."},
		{Name: "http.stop-delay", Kind: duration(0, time.Minute), Default: "0s",
			Doc: "How long the server still takes requests after it was told to stop, while /readyz already says no, so that a load balancer can turn away."},
		{Name: "http.stop-timeout", Kind: duration(100*time.Millisecond, 10*time.Second), Default: "5s",
			Doc: "How long requests may go on after the program was told to stop."},
		{Name: "http.metrics-listen", Kind: address(true),
			Doc: "Where metrics, /healthz and /readyz are served beside the main address; without it metrics are served there, and only if that is this machine alone."},
	}
}

func limitKeys() []Key {
	return []Key{
		{Name: "limits.messages-per-minute", Kind: number(1, 1_000_000, "number"), Default: "30",
			Doc: "How many messages a minute are taken in one conversation."},
		{Name: "limits.conversations-per-hour", Kind: number(1, 1_000_000, "number"), Default: "60",
			Doc: "How many conversations an hour one address may begin."},
		{Name: "limits.requests-per-minute", Kind: number(1, 1_000_000, "number"), Default: "600",
			Doc: "How many requests a minute are taken from one address."},
		{Name: "limits.queue", Kind: number(1, 1_000_000, "number"), Default: "256",
			Doc: "How many turns may wait for the database before others are refused with 503."},
	}
}

func upkeepKeys() []Key {
	const century = 36500
	return []Key{
		{Name: "retention.conversations", Kind: days(century), Default: "30",
			Doc: "How many days after its last turn a conversation is deleted; 0 keeps it for ever."},
		{Name: "retention.outbox", Kind: days(century), Default: "14",
			Doc: "How many days after they were caused handovers are kept that have been delivered or given up; 0 keeps them for ever."},
		{Name: "retention.interval", Kind: duration(time.Second, 24*time.Hour), Default: "1h",
			Doc: "How often that is done."},
		{Name: "log.level", Kind: logLevel(), Default: "info",
			Doc: "The least serious records that are logged."},
		{Name: "log.format", Kind: choice(LogJSON, LogText), Default: "json",
			Doc: "How records are written, one a line."},
	}
}
