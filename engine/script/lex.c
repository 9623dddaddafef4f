#include "script/lex.h"

#include <ctype.h>
#include <string.h>

void lex_start(struct lexer *l, struct str source)
{
    *l = (struct lexer){.source = source, .line = 1};
    if (str_starts(source, STR("#"))) /* a line for the shell */
        l->at = str_find(source, STR("\n"), 0);
}

static char peek(const struct lexer *l, size_t ahead)
{
    return l->at + ahead < l->source.n ? l->source.p[l->at + ahead] : '\0';
}

static void step(struct lexer *l)
{
    if (l->at >= l->source.n)
        return;
    if (l->source.p[l->at++] == '\n') {
        l->line++;
        l->line_start = l->at;
    }
}

/* The level of a long bracket at the present place, or -1. */
static int long_level(const struct lexer *l)
{
    size_t i = 1;
    if (peek(l, 0) != '[')
        return -1;
    while (peek(l, i) == '=')
        i++;
    return peek(l, i) == '[' ? (int)i - 1 : -1;
}

/* Passes over a long text or comment and gives what is inside. */
static struct str read_long(struct lexer *l, int level)
{
    for (int i = 0; i < level + 2; i++)
        step(l);
    size_t from = l->at;
    while (l->at < l->source.n) {
        int i = 0;
        if (peek(l, 0) == ']')
            while (peek(l, 1 + (size_t)i) == '=')
                i++;
        if (peek(l, 0) == ']' && i == level && peek(l, 1 + (size_t)i) == ']')
            break;
        step(l);
    }
    struct str inside = str_part(l->source, from, l->at);
    for (int i = 0; i < level + 2; i++)
        step(l);
    return inside;
}

static void skip_blank(struct lexer *l)
{
    for (;;) {
        while (l->at < l->source.n && isspace((unsigned char)peek(l, 0)))
            step(l);
        if (peek(l, 0) != '-' || peek(l, 1) != '-')
            return;
        step(l);
        step(l);
        int level = long_level(l);
        if (level >= 0)
            (void)read_long(l, level);
        else
            while (l->at < l->source.n && peek(l, 0) != '\n')
                step(l);
    }
}

static struct str read_string(struct lexer *l)
{
    char quote = peek(l, 0);
    step(l);
    size_t from = l->at;
    while (l->at < l->source.n && peek(l, 0) != quote) {
        if (peek(l, 0) == '\\')
            step(l);
        step(l);
    }
    struct str inside = str_part(l->source, from, l->at);
    step(l);
    return inside;
}

static bool is_keyword(struct str s)
{
    static const char *const words[] = {"and",   "break", "do",       "else", "elseif", "end",
                                        "false", "for",   "function", "goto", "if",     "in",
                                        "local", "nil",   "not",      "or",   "repeat", "return",
                                        "then",  "true",  "until",    "while"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_is(s, words[i]))
            return true;
    return false;
}

static struct str read_name(struct lexer *l)
{
    size_t from = l->at;
    while (isalnum((unsigned char)peek(l, 0)) || peek(l, 0) == '_')
        step(l);
    return str_part(l->source, from, l->at);
}

static struct str read_number(struct lexer *l)
{
    size_t from = l->at;
    bool hex = peek(l, 0) == '0' && (peek(l, 1) == 'x' || peek(l, 1) == 'X');
    while (isalnum((unsigned char)peek(l, 0)) || peek(l, 0) == '.' ||
           ((peek(l, 0) == '-' || peek(l, 0) == '+') && l->at > from &&
            strchr(hex ? "pP" : "eE", l->source.p[l->at - 1])))
        step(l);
    return str_part(l->source, from, l->at);
}

static struct str read_symbol(struct lexer *l)
{
    static const char *const longer[] = {
        "...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"};
    struct str rest = str_part(l->source, l->at, l->source.n);
    size_t n = 1;
    for (size_t i = 0; n == 1 && i < sizeof longer / sizeof longer[0]; i++)
        if (str_starts(rest, str_of(longer[i])))
            n = strlen(longer[i]);
    l->at += n;
    return str_part(rest, 0, n);
}

struct token lex_next(struct lexer *l)
{
    skip_blank(l);
    struct token t = {.line = l->line};
    size_t from = l->at, line_start = l->line_start;
    t.column = (int)utf8_count(str_part(l->source, line_start, from)) + 1;
    char c = peek(l, 0);
    if (l->at >= l->source.n)
        return t;
    if (isalpha((unsigned char)c) || c == '_') {
        t.text = read_name(l);
        t.type = is_keyword(t.text) ? TOKEN_KEYWORD : TOKEN_NAME;
    } else if (isdigit((unsigned char)c) || (c == '.' && isdigit((unsigned char)peek(l, 1)))) {
        t.type = TOKEN_NUMBER;
        t.text = read_number(l);
    } else if (c == '"' || c == '\'') {
        t.type = TOKEN_STRING;
        t.text = read_string(l);
    } else if (long_level(l) >= 0) {
        t.type = TOKEN_STRING;
        t.text = read_long(l, long_level(l));
    } else {
        t.type = TOKEN_SYMBOL;
        t.text = read_symbol(l);
    }
    t.width = l->line == t.line ? (int)utf8_count(str_part(l->source, from, l->at)) : 1;
    return t;
}
