/* The sentences of errors in French: those of this box and of the boxes below and beside it that
 * reach a page or the coach's terminal.  french.def has them all; one that is not there stays
 * English. */
#ifndef ESPALIER_PRACTICE_FRENCH_H
#define ESPALIER_PRACTICE_FRENCH_H

#include "base/text.h"

/* From now on err_set speaks that language: "fr" or "fr-CA" is French, any other English. */
void practice_speak(struct str language);

#endif
