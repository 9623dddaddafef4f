#include "workflow/modules.h"

#include <ctype.h>

static char at(struct str s, size_t i)
{
    return i < s.n ? s.p[i] : '\0';
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The length of "[[", "[=[" ... at `i`, with the number of signs in `level`; 0 if there is none. */
static size_t long_bracket(struct str s, size_t i, size_t *level)
{
    if (at(s, i) != '[')
        return 0;
    *level = 0;
    while (at(s, i + 1 + *level) == '=')
        ++*level;
    return at(s, i + 1 + *level) == '[' ? *level + 2 : 0;
}

/* Behind the closing bracket of that level. */
static size_t long_end(struct str s, size_t i, size_t level)
{
    for (; i < s.n; i++) {
        size_t signs = 0;
        if (s.p[i] != ']')
            continue;
        while (at(s, i + 1 + signs) == '=')
            signs++;
        if (signs == level && at(s, i + 1 + signs) == ']')
            return i + level + 2;
    }
    return s.n;
}

static size_t skip_long(struct str s, size_t i)
{
    size_t level, n = long_bracket(s, i, &level);
    return n ? long_end(s, i + n, level) : i;
}

static size_t skip_comment(struct str s, size_t i)
{
    size_t end = skip_long(s, i + 2);
    return end > i + 2 ? end : str_find(s, STR("\n"), i);
}

/* Behind the closing quote, or the end of the line. */
static size_t skip_quoted(struct str s, size_t i)
{
    char quote = s.p[i++];
    while (i < s.n && s.p[i] != quote && s.p[i] != '\n')
        i += s.p[i] == '\\' ? 2 : 1;
    return i < s.n ? i + 1 : s.n;
}

static size_t skip_spaces(struct str s, size_t i)
{
    while (i < s.n && isspace((unsigned char)s.p[i]))
        i++;
    return i;
}

static void locate(struct str script, size_t from, struct module_use *use)
{
    use->line = 1;
    size_t start = 0;
    for (size_t i = 0; i < from; i++) {
        if (script.p[i] != '\n')
            continue;
        use->line++;
        start = i + 1;
    }
    use->column = (int)utf8_count(str_part(script, start, from)) + 1;
}

/* A use whose word ends at `i`: its name, if a text follows. */
static bool read_use(struct str s, size_t i, size_t *end, struct module_use *use)
{
    i = skip_spaces(s, i);
    if (at(s, i) == '(')
        i = skip_spaces(s, i + 1);
    if (at(s, i) != '"' && at(s, i) != '\'')
        return false;
    *end = skip_quoted(s, i);
    if (*end < i + 2 || s.p[*end - 1] != s.p[i])
        return false;
    use->name = str_part(s, i + 1, *end - 1);
    use->width = (int)utf8_count(use->name) + 2;
    locate(s, i, use);
    return true;
}

/* Moves over one comment, text or word.  `*word` gets the word, or an empty text. */
static size_t skip_token(struct str s, size_t i, struct str *word)
{
    *word = STR("");
    char c = s.p[i];
    if (c == '-' && at(s, i + 1) == '-')
        return skip_comment(s, i);
    if (c == '"' || c == '\'')
        return skip_quoted(s, i);
    if (c == '[') {
        size_t end = skip_long(s, i);
        return end > i ? end : i + 1;
    }
    if (!is_word(c))
        return i + 1;
    size_t end = i;
    while (is_word(at(s, end)))
        end++;
    *word = str_part(s, i, end);
    return end;
}

static bool is_field(struct str s, size_t start)
{
    return start > 0 && (s.p[start - 1] == '.' || s.p[start - 1] == ':') &&
        !(start > 1 && s.p[start - 2] == '.');
}

bool module_next_use(struct str script, size_t *position, struct module_use *use)
{
    size_t i = *position;
    while (i < script.n) {
        struct str word;
        size_t start = i;
        i = skip_token(script, i, &word);
        if (!str_eq(word, STR("use")) || is_field(script, start))
            continue;
        if (read_use(script, i, &i, use)) {
            *position = i;
            return true;
        }
    }
    *position = script.n;
    return false;
}

bool module_next_value(struct str script, size_t *position, struct str *name)
{
    while (*position < script.n) {
        *position = skip_token(script, *position, name);
        if (name->n == 0)
            continue;
        size_t next = skip_spaces(script, *position);
        if (at(script, next) == '=' && at(script, next + 1) != '=')
            return true;
    }
    return false;
}
