/* Ids and hashes, by libsodium.  ESPALIER_SEED=TEXT makes ids follow from the text, for tests and
 * golden files; it is never set in normal use. */
#ifndef ESPALIER_BASE_RANDOM_H
#define ESPALIER_BASE_RANDOM_H

#include "base/text.h"

/* A UUID of version 7 (RFC 9562) at the time of clock_now: 36 characters and NUL. */
void random_uuid(char out[37]);

/* An item id: six characters a-z0-9, the first a letter, and NUL. */
void random_item_id(char out[7]);

/* A journey seed: 32 hexadecimal characters and NUL. */
void random_seed(char out[33]);

/* A secret that nobody can guess: 64 hexadecimal characters and NUL.  ESPALIER_SEED does not touch
 * it. */
void random_secret(char out[65]);

/* SHA-256 as 64 lower-case hexadecimal characters and NUL. */
void hash_sha256(struct str s, char out[65]);

/* The same in base64, as a Content-Security-Policy names a style: 44 characters and NUL. */
void hash_sha256_base64(struct str s, char out[45]);

/* 64 bits over `before` and the text (SipHash), to find damage by chance; no protection against
 * intent. Chained over several texts it keeps their borders apart. */
uint64_t hash_short(uint64_t before, struct str s);

#endif
