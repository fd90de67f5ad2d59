package fakeslack

import (
	"strconv"
	"strings"
)

// Where an element stands decides which kinds are allowed.
const (
	selects    = "static_select external_select users_select conversations_select channels_select "
	choosers   = selects + "multi_static_select multi_external_select multi_users_select multi_conversations_select multi_channels_select "
	pickers    = "datepicker timepicker datetimepicker checkboxes radio_buttons "
	inputKinds = "plain_text_input rich_text_input number_input email_text_input url_text_input file_input "

	inActions        = " button workflow_button overflow rich_text_input plain_text_input " + choosers + pickers
	inSection        = " button workflow_button overflow image plain_text_input " + choosers + pickers
	inInput          = " " + inputKinds + choosers + pickers
	inContextActions = " feedback_buttons icon_button "
)

// elements checks those of a block, whose action ids must differ.
func (c *checker) elements(at string, b object, most int, allowed string) {
	actionIDs := map[string]bool{}
	for i, v := range c.list(at, b, "elements", 1, most) {
		c.element(at+"/elements/"+strconv.Itoa(i), v, allowed, actionIDs)
	}
}

func (c *checker) element(at string, v any, allowed string, actionIDs map[string]bool) {
	e, ok := v.(object)
	if !ok {
		c.add(at, "must provide an object")
		return
	}
	kind, _ := e["type"].(string)
	if kind == "" || !strings.Contains(allowed, " "+kind+" ") {
		c.add(at+"/type", "unsupported type: %s", kind)
		return
	}
	c.length(at, e, "action_id", 1, 255)
	if id, _ := e["action_id"].(string); id != "" {
		if actionIDs[id] {
			c.add(at+"/action_id", "action_id already exists: %s", id)
		}
		actionIDs[id] = true
	}
	if confirm, there := e["confirm"]; there {
		c.confirm(at+"/confirm", confirm)
	}
	c.optionalText(at, e, "placeholder", 150, true)
	c.elementOf(kind, at, e)
}

func (c *checker) elementOf(kind, at string, e object) {
	switch {
	case kind == "button":
		c.keys(at, e, "text action_id url value confirm style accessibility_label visible_to_user_ids agent_prompt agent_prompt_display")
		c.text(at+"/text", e["text"], 75, true)
		c.length(at, e, "value", 0, 2000)
		c.length(at, e, "url", 1, 3000)
		c.length(at, e, "accessibility_label", 0, 75)
		c.one(at, e, "style", "primary danger")
	case kind == "icon_button":
		c.text(at+"/text", e["text"], 75, true)
		c.length(at, e, "value", 0, 2000)
		c.length(at, e, "accessibility_label", 0, 75)
	case kind == "feedback_buttons":
		c.keys(at, e, "action_id positive_button negative_button")
		c.feedback(at+"/positive_button", e["positive_button"])
		c.feedback(at+"/negative_button", e["negative_button"])
	case kind == "overflow":
		c.keys(at, e, "action_id options confirm")
		c.options(at, e, 5, true)
	case kind == "checkboxes" || kind == "radio_buttons":
		c.keys(at, e, "action_id options initial_option initial_options confirm focus_on_load visible_to_user_ids")
		c.options(at, e, 10, false)
	case strings.Contains(kind, "select"):
		c.selecting(kind, at, e)
	case kind == "image":
		c.keys(at, e, "image_url slack_file alt_text")
		c.image(at, e)
	case kind == "plain_text_input":
		c.plainInput(at, e)
	}
}

func (c *checker) feedback(at string, v any) {
	o, ok := v.(object)
	if !ok {
		c.add(at, "must provide an object")
		return
	}
	c.keys(at, o, "text value accessibility_label")
	c.text(at+"/text", o["text"], 75, true)
	c.need(at, o, "value", 0, 2000)
	c.length(at, o, "accessibility_label", 0, 75)
}

func (c *checker) plainInput(at string, e object) {
	c.keys(at, e, "action_id placeholder initial_value multiline min_length max_length dispatch_action_config focus_on_load")
	c.length(at, e, "initial_value", 0, 3000)
	if n, ok := e["min_length"].(float64); ok && (n < 0 || n > 3000) {
		c.add(at+"/min_length", "must be less than 3001")
	}
	if n, ok := e["max_length"].(float64); ok && (n < 1 || n > 3000) {
		c.add(at+"/max_length", "must be less than 3001")
	}
}

func (c *checker) confirm(at string, v any) {
	o, ok := v.(object)
	if !ok {
		c.add(at, "must provide an object")
		return
	}
	c.keys(at, o, "title text confirm deny style")
	c.text(at+"/title", o["title"], 100, true)
	c.text(at+"/text", o["text"], 300, false)
	c.text(at+"/confirm", o["confirm"], 30, true)
	c.text(at+"/deny", o["deny"], 30, true)
	c.one(at, o, "style", "primary danger")
}
