/* The worksheet: questions on one self-contained page of HTML that works from an e-mail, without a
 * login and without a network, and gives back a file.  Without JavaScript, or printed, it is a
 * sheet of paper to write on.
 *
 *     {"language","title","client","journey","revision","blank":bool,"day","due","intro",
 *      "open":[{a question as in a view (practice/journey.h),"phase_title","step_title",
 *               "step_intro","earlier":bool}]}
 *
 * All but "open" may be missing.  Where the day, "due" or "intro" is empty, nothing stands there.
 * "blank": to be filled in with a pen; it has nothing of a client in it and gives nothing back.
 * "earlier": of those behind the others, which need no answer; they are folded away.
 * A heading begins wherever phase_title or step_title changes. */
#ifndef ESPALIER_DOCUMENT_WORKSHEET_H
#define ESPALIER_DOCUMENT_WORKSHEET_H

#include "base/json.h"

/* The page, living in `a`.  Everything of the tree is text in it, whatever signs it has. */
struct str worksheet_html(struct arena *a, const json_t *sheet);

/* What marks the answers in a copy of the page that a person saved half way: JSON follows, up to
 * the next "<". */
#define WORKSHEET_GIVEN "<script type=\"application/json\" id=\"given\">"

#endif
