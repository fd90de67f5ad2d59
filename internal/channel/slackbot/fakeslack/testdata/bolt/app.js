// An app made with Slack's own SDK. It is told by its environment where Slack is and how to listen, says
// "ready" and a port when it does, and ends when its input ends.
import bolt from "@slack/bolt";

const { SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET } = process.env;
const socketMode = Boolean(SLACK_APP_TOKEN);
const app = new bolt.App({
  token: SLACK_BOT_TOKEN,
  ...(socketMode ? { socketMode, appToken: SLACK_APP_TOKEN } : { signingSecret: SLACK_SIGNING_SECRET }),
  clientOptions: { slackApiUrl: SLACK_API_URL },
});

const plain = (text) => ({ type: "plain_text", text });
const button = (action_id, text) => ({ type: "button", action_id, value: action_id + "-value", text: plain(text) });

const form = (private_metadata) => ({
  type: "modal", callback_id: "form", private_metadata, title: plain("Form"), submit: plain("Send"),
  blocks: [{ type: "input", block_id: "where", label: plain("Where"), element: { type: "plain_text_input", action_id: "text" } }],
});

app.message(async ({ message, say }) => {
  if (message.subtype) return; // Bolt hands changes of messages on, its own changes too
  const blocks = [{ type: "section", text: { type: "mrkdwn", text: `*${message.text}*` } }, { type: "actions", elements: [button("choose", "Choose"), button("open", "Open")] }];
  await say({ text: `heard ${message.text}`, blocks, thread_ts: message.thread_ts ?? message.ts });
});

app.action("choose", async ({ action, ack, respond }) => {
  await ack();
  await respond({ text: `chosen ${action.value}`, replace_original: true });
});

app.action("open", async ({ ack, body, client }) => {
  await ack();
  await client.views.open({ trigger_id: body.trigger_id, view: form(body.channel.id) });
});

app.shortcut("suggest", async ({ shortcut, ack, client }) => {
  await ack();
  await client.views.open({ trigger_id: shortcut.trigger_id, view: form(shortcut.channel.id) });
});

app.command("/passdesk", async ({ command, ack, respond }) => {
  await ack(`searched ${command.text}`);
  await respond({ text: `found ${command.text}`, response_type: "in_channel" });
});

app.view("form", async ({ ack, view, client, body }) => {
  const text = view.state.values.where.text.value;
  if (text.length < 3) {
    await ack({ response_action: "errors", errors: { where: "too short" } });
    return;
  }
  await ack();
  await client.chat.postMessage({ channel: view.private_metadata, text: `<@${body.user.id}> sent ${text}` });
});

app.event("app_home_opened", async ({ event, client }) => {
  await client.views.publish({ user_id: event.user, view: { type: "home", blocks: [{ type: "header", text: plain("Home") }] } });
});

app.error(async (error) => console.error("error:", error));

process.stdin.resume().on("end", () => process.exit(0));
const server = await app.start({ port: 0, host: "127.0.0.1" });
console.log("ready", socketMode ? 0 : server.address().port);
