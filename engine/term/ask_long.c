/* Long texts: several lines ended by an empty one or a single ".", a paste, or the person's own
 * editor. */
#include "term/ask.h"

static enum reply take(struct asking *asked, struct str text, enum reply reply)
{
    if (text.n)
        asked->value = json_new_text(text);
    return reply;
}

static enum reply write_in_editor(struct talk *t, struct asking *asked, struct str before)
{
    struct str after;
    if (!editor_write(t, before, &after))
        return before.n ? take(asked, before, REPLY_VALUE) : REPLY_AGAIN;
    after = str_trim(after);
    if (!after.n)
        return REPLY_EMPTY;
    screen_line(&t->screen, STYLE_PLAIN, 2 * SCREEN_MARGIN, after);
    return take(asked, after, REPLY_VALUE);
}

/* The lines after the first, until an empty one: words; typed by hand, a command that stands alone
 * as well (text from elsewhere is taken as it is). */
static enum reply read_rest(struct talk *t, struct asking *asked, struct buf *b)
{
    struct prompt p = {.sign = "  ", .words_only = true, .bare_commands = true, .keep_lines = true};
    struct str line;
    for (;;) {
        enum given given = talk_prompt(t, asked, &p, &line);
        if (given == GIVEN_END)
            return take(asked, str_trim(buf_str(b)), REPLY_END);
        if (given == GIVEN_COMMAND && t->command.what == COMMAND_EDIT)
            return write_in_editor(t, asked, buf_str(b));
        if (given == GIVEN_COMMAND)
            return take(asked, str_trim(buf_str(b)), REPLY_COMMAND);
        if (given == GIVEN_EMPTY || str_is(str_trim(line), "."))
            return take(asked, str_trim(buf_str(b)), REPLY_VALUE);
        buf_add_char(b, '\n');
        buf_add(b, line);
    }
}

enum reply ask_long(struct talk *t, struct asking *asked)
{
    struct prompt p = {.sign = "> ", .keep_lines = true};
    struct buf b = {.a = t->a};
    struct str line;
    if (json_is_string(asked->before))
        p.earlier = json_text(asked->before);
    if (!t->long_hinted)
        talk_hint(t, talk_text(t, TEXT_HINT_LONG));
    t->long_hinted = true;
    enum given given = talk_prompt(t, asked, &p, &line);
    if (given == GIVEN_COMMAND && t->command.what == COMMAND_EDIT)
        return write_in_editor(t, asked, p.earlier);
    if (given != GIVEN_TEXT)
        return talk_reply(given);
    if (str_is(str_trim(line), "."))
        return REPLY_EMPTY;
    buf_add(&b, line);
    return read_rest(t, asked, &b);
}
