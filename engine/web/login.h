/* Who is logged in.  Secrets are kept as hashes only; all of it is gone when the server ends.
 * A launch code lets in once, within a minute; a login lasts 12 hours, or 30 minutes without a sign
 * of life; a screen shows one journey to the client and nothing else. */
#ifndef ESPALIER_WEB_LOGIN_H
#define ESPALIER_WEB_LOGIN_H

#include "base/text.h"

enum {
    LOGIN_SECRET = 64, /* hexadecimal characters of a secret */
    LOGINS_MAX = 16,
    LOGIN_LAUNCH_SECONDS = 60,
    LOGIN_IDLE_SECONDS = 30 * 60,
    LOGIN_SECONDS = 12 * 3600
};

struct logins;
struct login {
    char token[LOGIN_SECRET + 1]; /* that forms must bring along */
    char journey[37];             /* of a screen; empty for the coach */
    char maker[LOGIN_SECRET + 1]; /* of a screen: the token of the login that made it */
};

struct logins *logins_new(void);
void logins_free(struct logins *l);

/* A launch code; its text lives in `out`.  The one before is void. */
void login_launch(struct logins *l, char out[LOGIN_SECRET + 1]);

/* Lets in whoever has the code: the secret for the cookie in `cookie`.  False: wrong, used, or too
 * late.  After five wrong codes none is tried for a while: 1 s, 2 s, 4 s ... 15 min. */
bool login_enter(struct logins *l, struct str code, char cookie[LOGIN_SECRET + 1]);

/* The login a cookie belongs to, now seen alive; NULL if there is none. */
struct login *login_find(struct logins *l, struct str cookie);

/* A screen for a journey, made by a login (NULL: by none), and the login that it stands for; NULL
 * if there is none of that secret. */
void login_screen(struct logins *l, struct str journey, const struct login *maker,
                  char out[LOGIN_SECRET + 1]);
struct login *login_find_screen(struct logins *l, struct str secret);
bool login_has_screens(const struct logins *l, struct str journey);
void login_end_screens(struct logins *l, struct str journey);

/* Is the login with that token still one?  Asking is no sign of life. */
bool login_lasts(const struct logins *l, const char token[LOGIN_SECRET + 1]);

/* Ends a login, and the screens it made. */
void login_leave(struct logins *l, struct login *login);

#endif
