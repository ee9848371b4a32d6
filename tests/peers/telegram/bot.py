"""A bot on python-telegram-bot, the same as bot.mjs beside it.

It must work with the Telegram simulator as it works with Telegram; nothing in here knows that it talks
to a simulator, apart from the address.
"""

import html
import os
import socket
import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Forbidden
from telegram.ext import (
    AIORateLimiter,
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    filters,
)

API = os.environ["BOT_API"]
TOKEN = os.environ["BOT_TOKEN"]
SECRET = "peer_Secret-2"


def keyboard(*buttons):
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)] for text, data in buttons])


async def start(update, context):
    user = update.effective_user
    await update.message.reply_html(
        f"Hello <b>{html.escape(user.first_name)}</b> ({user.language_code}) [{' '.join(context.args)}]",
        reply_markup=keyboard(("Tea", "drink:tea"), ("Coffee", "drink:coffee")),
    )


async def drink(update, context):
    choice = update.callback_query.data.removeprefix("drink:")
    await update.callback_query.answer(f"noted: {choice}")
    await update.callback_query.edit_message_text(f"You chose {choice}")


async def again(update, context):
    await update.message.reply_text("Tap it", reply_markup=keyboard(("Again", "again")))


async def answer_again(update, context):
    await update.callback_query.answer()
    await report(update, update.callback_query.answer())


async def tell(update, context):
    await report(update, context.bot.send_message(int(context.args[0]), "a message for you"))


async def broken(update, context):
    await report(update, update.message.reply_html("1 < 2"))


async def report(update, action):
    """Tells how a call ended, by the class of error the library made of it."""
    try:
        await action
        text = "done"
    except Forbidden as error:
        text = f"refused: 403 {error.message}"
    except BadRequest as error:
        text = f"refused: 400 Bad Request: {error.message}"
    await update.effective_chat.send_message(text)


async def file(update, context):
    await update.message.reply_document(b"four", filename="four.txt", caption="Ваш файл")


async def document(update, context):
    content = await (await update.message.document.get_file()).download_as_bytearray()
    await update.message.reply_text(f"document: {content.decode()}")


async def echo(update, context):
    message = update.message
    if message.text:
        answer = f"echo: {message.text}"
    elif message.sticker:
        answer = f"sticker: {message.sticker.emoji}"
    elif message.voice:
        answer = f"voice: {message.voice.duration}"
    elif message.photo:
        answer = f"photo: {message.caption}"
    elif message.location:
        answer = f"location: {message.location.latitude}"
    elif message.contact:
        answer = f"contact: {message.contact.phone_number}"
    else:
        return
    await message.reply_text(answer)


async def edited(update, context):
    await update.effective_chat.send_message(f"edited: {update.edited_message.text}")


async def standing(update, context):
    if update.effective_chat.type != "private":
        await update.effective_chat.leave()
    elif update.my_chat_member.new_chat_member.status == "member":
        await update.effective_chat.send_message("welcome back")


async def log(update, context):
    print(repr(context.error), file=sys.stderr)


async def set_commands(application):
    await application.bot.set_my_commands([("start", "Begin")])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    builder = Application.builder().token(TOKEN).base_url(f"{API}/bot").base_file_url(f"{API}/file/bot")
    application = builder.rate_limiter(AIORateLimiter(max_retries=3)).post_init(set_commands).build()
    for name, command in (("start", start), ("again", again), ("tell", tell), ("broken", broken), ("file", file)):
        application.add_handler(CommandHandler(name, command, filters=filters.UpdateType.MESSAGE))
    application.add_handler(CallbackQueryHandler(drink, "^drink:"))
    application.add_handler(CallbackQueryHandler(answer_again, "^again$"))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, edited))
    application.add_handler(MessageHandler(filters.Document.ALL, document))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, echo))
    application.add_handler(ChatMemberHandler(standing))
    application.add_error_handler(log)
    if os.environ["BOT_MODE"] == "webhook":
        port = free_port()
        application.run_webhook(
            listen="127.0.0.1",
            port=port,
            url_path="hook",
            webhook_url=f"http://127.0.0.1:{port}/hook",
            secret_token=SECRET,
            allowed_updates=Update.ALL_TYPES,
        )
    else:
        application.run_polling(allowed_updates=Update.ALL_TYPES)


main()
