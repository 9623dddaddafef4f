/* Every journey of one client or of all, opened one after the other, with the progress on a
 * terminal when it takes longer than a second. */
#ifndef ESPALIER_CLI_WALK_H
#define ESPALIER_CLI_WALK_H

#include "cli/cli.h"

struct walk {
    /* Called for each journey, the client's `number`-th; closed afterwards.  False ends it. */
    bool (*each)(void *user, const struct store_client *client, size_t number, struct journey *j,
                 struct err *e);
    void *user;
};

/* `only`: one client; NULL: all of them. */
MUST_USE bool walk_journeys(struct cli *c, const struct store_client *only, const struct walk *walk,
                            struct err *e);

#endif
