// A bot on grammY, written as its documentation shows. It must work with the Telegram simulator as it
// works with Telegram; nothing in here knows that it talks to a simulator, apart from the address.
// bot.py beside it is the same bot on another library.
import { createServer } from "node:http";
import { autoRetry } from "@grammyjs/auto-retry";
import { Bot, GrammyError, InlineKeyboard, InputFile, webhookCallback } from "grammy";

const { BOT_API, BOT_TOKEN, BOT_MODE } = process.env;
const SECRET = "peer_Secret-1";

const bot = new Bot(BOT_TOKEN, { client: { apiRoot: BOT_API } });
bot.api.config.use(autoRetry());

// Errors of a handler end here in both modes; without this a webhook bot would end with them.
const menu = bot.errorBoundary(({ error }) => console.error(String(error)));

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

menu.command("start", (ctx) =>
  ctx.reply(`Hello <b>${escape(ctx.from.first_name)}</b> (${ctx.from.language_code}) [${ctx.match}]`, {
    parse_mode: "HTML",
    reply_markup: new InlineKeyboard().text("Tea", "drink:tea").row().text("Coffee", "drink:coffee"),
  }),
);

menu.callbackQuery(/^drink:(.+)$/, async (ctx) => {
  await ctx.answerCallbackQuery({ text: `noted: ${ctx.match[1]}` });
  await ctx.editMessageText(`You chose ${ctx.match[1]}`);
});

// A second answer to the same tap is refused; the library turns that into its own class of error.
menu.callbackQuery("again", async (ctx) => {
  await ctx.answerCallbackQuery();
  await report(ctx, () => ctx.answerCallbackQuery());
});

menu.command("again", (ctx) => ctx.reply("Tap it", { reply_markup: new InlineKeyboard().text("Again", "again") }));

menu.command("tell", (ctx) => report(ctx, () => ctx.api.sendMessage(Number(ctx.match), "a message for you")));

menu.command("broken", (ctx) => report(ctx, () => ctx.reply("1 < 2", { parse_mode: "HTML" })));

menu.command("file", (ctx) =>
  ctx.replyWithDocument(new InputFile(Buffer.from("four"), "four.txt"), { caption: "Ваш файл" }),
);

menu.on("message:document", async (ctx) => {
  const file = await ctx.getFile();
  const answer = await fetch(`${BOT_API}/file/bot${BOT_TOKEN}/${file.file_path}`);
  await ctx.reply(`document: ${await answer.text()}`);
});

menu.on("message:text", (ctx) => ctx.reply(`echo: ${ctx.message.text}`));
menu.on("message:sticker", (ctx) => ctx.reply(`sticker: ${ctx.message.sticker.emoji}`));
menu.on("message:voice", (ctx) => ctx.reply(`voice: ${ctx.message.voice.duration}`));
menu.on("message:photo", (ctx) => ctx.reply(`photo: ${ctx.message.caption}`));
menu.on("message:location", (ctx) => ctx.reply(`location: ${ctx.message.location.latitude}`));
menu.on("message:contact", (ctx) => ctx.reply(`contact: ${ctx.message.contact.phone_number}`));
menu.on("edited_message:text", (ctx) => ctx.reply(`edited: ${ctx.editedMessage.text}`));
menu.on("my_chat_member", async (ctx) => {
  if (ctx.chat.type !== "private") await ctx.leaveChat();
  else if (ctx.myChatMember.new_chat_member.status === "member") await ctx.reply("welcome back");
});

async function report(ctx, action) {
  try {
    await action();
    await ctx.reply("done");
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
    await ctx.reply(`refused: ${error.error_code} ${error.description}`);
  }
}

await bot.api.setMyCommands([{ command: "start", description: "Begin" }]);
if (BOT_MODE === "webhook") {
  const server = createServer(webhookCallback(bot, "http", { secretToken: SECRET }));
  server.listen(0, "127.0.0.1", () =>
    bot.api.setWebhook(`http://127.0.0.1:${server.address().port}/hook`, { secret_token: SECRET }),
  );
} else {
  try {
    await bot.start({ allowed_updates: ["message", "edited_message", "callback_query", "my_chat_member"] });
  } catch (error) {
    console.log(`stopped: ${error.error_code}`);
    process.exit(3);
  }
}
