/* Words of Lua source with their places, for the check that runs nothing.  The source has been
 * accepted by the compiler before: what is malformed cannot come here, and is passed over if it
 * does. */
#ifndef ESPALIER_SCRIPT_LEX_H
#define ESPALIER_SCRIPT_LEX_H

#include "base/text.h"

enum token_type { TOKEN_END, TOKEN_NAME, TOKEN_KEYWORD, TOKEN_STRING, TOKEN_NUMBER, TOKEN_SYMBOL };

struct token {
    enum token_type type;
    struct str text;         /* as written; of a string what is between its quotes */
    int line, column, width; /* from 1, in characters; a string with its quotes */
};

struct lexer {
    struct str source;
    size_t at, line_start;
    int line;
};

void lex_start(struct lexer *l, struct str source);
struct token lex_next(struct lexer *l);

#endif
