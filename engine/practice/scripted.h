/* Scripted clients: the tests a coach can write (AUTHORING.md section 7), and what every workflow
 * is held to: the same answers in another order of arrival give the same outcome, and private words
 * reach no document of the client.  Each test runs in a practice of its own, in a temporary folder
 * that is removed.
 *
 *     scripted_run(&setup, workflow, &file, &failures, &diags, &e)
 */
#ifndef ESPALIER_PRACTICE_SCRIPTED_H
#define ESPALIER_PRACTICE_SCRIPTED_H

#include "practice/journey.h"

struct scripted_setup {
    struct library library;
    struct script_host *host;
};

/* Runs one test file.  `*failures`: a list of sentences, empty if it passed (a new reference).
 * Mistakes of the file itself go to `d`.  Returns false if the test could not be held at all. */
MUST_USE bool scripted_run(const struct scripted_setup *s, struct str workflow,
                           const struct file *test, json_t **failures, struct diags *d,
                           struct err *e);

/* A practice in a new temporary folder (in TMPDIR, /dev/shm or /tmp); *folder lives in `a`. */
MUST_USE bool scratch_open(const struct scripted_setup *s, struct arena *a, struct practice **p,
                           struct str *folder, struct err *e);
/* Closes the practice and removes the folder with all that is in it. */
void scratch_close(struct practice *p, struct str folder);

#endif
