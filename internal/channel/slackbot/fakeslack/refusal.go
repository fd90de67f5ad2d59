package fakeslack

import "net/http"

// refusal is an answer that is not ok.
type refusal struct {
	code     string
	status   int
	wait     int // Retry-After in seconds
	problems []string
	more     object
}

func (r *refusal) Error() string { return r.code }

func refuse(code string, problems ...string) *refusal {
	return &refusal{code: code, status: http.StatusOK, problems: problems}
}

// tooOften refuses a call that came too soon.
func tooOften(wait int) *refusal {
	return &refusal{code: "ratelimited", status: http.StatusTooManyRequests, wait: wait}
}

// missing refuses a call without an argument.
func missing(key string) *refusal {
	return refuse("invalid_arguments", "missing required field: "+key)
}

// body is the JSON of the answer.
func (r *refusal) body() object {
	o := object{"ok": false, "error": r.code}
	for key, v := range r.more {
		o[key] = v
	}
	if len(r.problems) > 0 {
		messages := make([]string, len(r.problems))
		for i, p := range r.problems {
			messages[i] = "[ERROR] " + p
		}
		o["response_metadata"] = object{"messages": messages}
		if r.code == "invalid_blocks" {
			o["errors"] = r.problems
		}
	}
	return o
}
