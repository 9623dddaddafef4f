#include "workflow/yaml_scan.h"

#include "workflow/bundle.h"

#include <string.h>

static struct node at_place(int line, int column)
{
    return (struct node){.line = line, .column = column, .width = 1};
}

static void report_at(struct diags *d, const struct yaml_file *f, struct node at, const char *code,
                      const char *text, const char *help)
{
    yaml_report(d, f, &at, code, str_of(text), str_of(help));
}

/* Where the scan is in the text. */
struct cursor {
    size_t i;
    int line, column;
    bool indenting; /* only spaces and tabs so far on this line */
    int tab;        /* column of the first tab among them, or 0 */
};

static void advance(struct cursor *at, uint32_t c)
{
    if (c == '\n') {
        at->line++;
        at->column = 1;
        at->indenting = true;
        at->tab = 0;
        return;
    }
    if (at->indenting && c == '\t' && !at->tab)
        at->tab = at->column;
    at->column++;
}

static bool is_bidi(uint32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* False if the character makes it useless to go on to libyaml. */
static bool check_character(const struct yaml_file *f, struct diags *d, const struct cursor *at,
                            uint32_t c)
{
    static const char invisible[] =
        "Delete the invisible character; retype the line if you cannot find it.";
    if (is_bidi(c)) {
        report_at(d, f, at_place(at->line, at->column), "E109",
                  "a character that changes the direction of writing stands here", invisible);
        return true;
    }
    bool line_end = c == '\r' && str_starts(str_part(f->text, at->i, f->text.n), STR("\r\n"));
    if (line_end || (!text_is_control(c) && c != 0xFFFE && c != 0xFFFF))
        return true;
    report_at(d, f, at_place(at->line, at->column), "E109", "a control character stands here",
              invisible);
    return false;
}

static bool check_tab(const struct yaml_file *f, struct diags *d, struct cursor *at, uint32_t c)
{
    if (!at->indenting || c == ' ' || c == '\t')
        return true;
    at->indenting = false;
    if (!at->tab || c == '\n' || c == '\r')
        return true;
    report_at(d, f, at_place(at->line, at->tab), "E102", "a tab is used to indent this line",
              "Use spaces; most editors can be told to insert spaces for the tab key.");
    return false;
}

static bool check_start(const struct yaml_file *f, struct diags *d)
{
    struct str t = f->text;
    if (t.n > YAML_FILE_MAX) {
        report_at(d, f, at_place(0, 0), "E110", "the file is larger than 1 MiB",
                  "Split the phase, or shorten its texts.");
        return false;
    }
    if (str_starts(t, STR("\xff\xfe")) || str_starts(t, STR("\xfe\xff"))) {
        report_at(d, f, at_place(1, 1), "E103", "the file is in UTF-16",
                  "Save it as UTF-8 in your editor.");
        return false;
    }
    return true;
}

bool yaml_scan(const struct yaml_file *f, struct diags *d)
{
    if (!check_start(f, d))
        return false;
    struct cursor at = {.line = 1, .column = 1, .indenting = true};
    bool ok = true;
    while (at.i < f->text.n && !d->full) {
        /* Plain characters in the midst of a line need no look. */
        while (!at.indenting && at.i < f->text.n && f->text.p[at.i] >= ' ' &&
               f->text.p[at.i] < 0x7F) {
            at.i++;
            at.column++;
        }
        if (at.i == f->text.n)
            break;
        size_t next = at.i;
        uint32_t c = utf8_next(f->text, &next);
        if (c == 0xFFFD && next - at.i != 3) {
            report_at(d, f, at_place(at.line, at.column), "E103",
                      "the file is not UTF-8 from here on", "Save it as UTF-8 in your editor.");
            return false;
        }
        bool fine = c >= ' ' && c < 0x7F ? true : check_character(f, d, &at, c);
        fine = check_tab(f, d, &at, c) && fine;
        ok = ok && fine;
        advance(&at, c);
        at.i = next;
    }
    return ok;
}

/* libyaml's words, and ours.  The first row that is contained in the problem counts. */
static const struct {
    const char *problem, *text, *help;
    bool at_start; /* point to where the thing begins, not to where it could not go on */
} sentences[] = {
    {"mapping values are not allowed", "a colon stands where no key can stand",
     "If it belongs to the text, put the text between quotes: \"Note: this\".\n"
     "If a new entry begins here, compare its indentation with the lines above.",
     false},
    {"could not find expected ':'",
     "this is neither a key with a colon nor the continuation of a text",
     "Write \"key: value\", or compare the indentation with the lines above.", true},
    {"cannot start any token", "a text cannot begin with this sign",
     "Put the text between quotes: \"@home\".", false},
    {"block sequence entries are not allowed", "a list entry (-) cannot stand here",
     "Begin the list on a line of its own, below its key.", false},
    {"did not find expected '-' indicator", "this line does not belong to the list above",
     "Begin it with \"- \" as the other entries, or compare the indentation with the lines above.",
     false},
    {"did not find expected ',' or ']'", "the list that begins here with [ is not closed with ]",
     "Add the missing comma or ]; a text with [ ] { } , or a colon in it needs quotes here.", true},
    {"did not find expected ',' or '}'", "what begins here with { is not closed with }",
     "Add the missing comma or }; a text that begins with { or has [ ] { } , in it needs quotes: "
     "\"{topic} ...\".",
     true},
    {"did not find expected key", "this line does not fit the lines above",
     "Compare its indentation with the lines above. A text that begins with { [ \" or ' needs "
     "quotes around the whole of it.",
     false},
    {"did not find expected node content", "a value is missing here",
     "Write the value; a text that begins with a special sign needs quotes.", false},
    {"did not find expected <document start>", "the file goes on after its end",
     "Compare the indentation with the lines above; all keys of one level begin in the same "
     "column.",
     false},
    {"found unexpected end of stream", "the quote that is opened here is never closed",
     "Add the closing quote.", true},
    {"found unexpected document indicator", "the quote that is opened here is never closed",
     "Add the closing quote.", true},
    {"found unknown escape character", "a backslash in double quotes begins something unknown",
     "Use single quotes, or write the backslash twice.", false},
    {"hexdecimal number", "a backslash in double quotes is followed by something that is no number",
     "Use single quotes, or write the backslash twice.", false},
    {"invalid Unicode character escape",
     "a backslash in double quotes names a character that does not exist",
     "Write the character itself.", false},
    {"tab character", "a tab stands where a space is expected", "Use spaces.", false},
    {"alphabetic or numeric character", "a text cannot begin with & or *",
     "Put the text between quotes.", true},
    {"comment or line break", "something stands on the line of | or > that does not belong there",
     "Begin the text on the next line.", false},
    {"indentation indicator equal to 0", "a block text cannot be told to have no indentation",
     "Write only | or > and indent the text.", false},
    {"found unexpected ':'", "a colon stands where no key can stand",
     "Put the text between quotes.", false},
    {"tag", "a text cannot begin with !", "Put the text between quotes.", true},
    {"directive", "a line cannot begin with %", "Put the text between quotes.", false},
    {"mapping keys are not allowed", "a question mark with a space cannot begin a text",
     "Put the text between quotes.", false},
};

void yaml_report_syntax(struct diags *d, const struct yaml_file *f, const yaml_parser_t *parser)
{
    const char *text = "the file is not well-formed YAML from here on";
    const char *help = "Compare the line and its indentation with the lines above; put texts with "
                       "special signs between quotes.";
    const yaml_mark_t *mark = &parser->problem_mark;
    for (size_t i = 0; parser->problem && i < sizeof sentences / sizeof sentences[0]; i++) {
        if (!strstr(parser->problem, sentences[i].problem))
            continue;
        text = sentences[i].text;
        help = sentences[i].help;
        if (sentences[i].at_start && parser->context)
            mark = &parser->context_mark;
        break;
    }
    report_at(d, f, at_place((int)mark->line + 1, (int)mark->column + 1), "E101", text, help);
}
