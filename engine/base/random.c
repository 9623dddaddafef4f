#include "base/random.h"

#include "base/clock.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* With a seed the n-th wish gets the hash of (seed, n); otherwise the kernel's randomness. */
static void fill(unsigned char *out, size_t n)
{
    static uint64_t count;
    const char *seed = getenv("ESPALIER_SEED");
    if (!seed) {
        randombytes_buf(out, n);
        return;
    }
    unsigned char hash[crypto_hash_sha256_BYTES];
    char text[256];
    int used = snprintf(text, sizeof text, "%.200s/%llu", seed, (unsigned long long)count++);
    crypto_hash_sha256(hash, (const unsigned char *)text, (unsigned long long)used);
    memcpy(out, hash, n < sizeof hash ? n : sizeof hash);
}

void random_uuid(char out[37])
{
    unsigned char b[16];
    fill(b, sizeof b);
    uint64_t ms = (uint64_t)clock_now();
    for (int i = 0; i < 6; i++)
        b[i] = (unsigned char)(ms >> (40 - 8 * i));
    b[6] = (unsigned char)((b[6] & 0x0F) | 0x70);
    b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
    char *p = out;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *p++ = '-';
        p += snprintf(p, 3, "%02x", b[i]);
    }
}

void random_item_id(char out[7])
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    unsigned char b[6];
    fill(b, sizeof b);
    for (int i = 0; i < 6; i++)
        out[i] = letters[b[i] % (i == 0 ? 26 : 36)];
    out[6] = '\0';
}

void random_seed(char out[33])
{
    unsigned char b[16];
    fill(b, sizeof b);
    sodium_bin2hex(out, 33, b, sizeof b);
}

void random_secret(char out[65])
{
    unsigned char b[32];
    randombytes_buf(b, sizeof b);
    sodium_bin2hex(out, 65, b, sizeof b);
    sodium_memzero(b, sizeof b);
}

void hash_sha256(struct str s, char out[65])
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)s.p, s.n);
    sodium_bin2hex(out, 65, hash, sizeof hash);
}

void hash_sha256_base64(struct str s, char out[45])
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)s.p, s.n);
    sodium_bin2base64(out, 45, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL);
}

uint64_t hash_short(uint64_t before, struct str s)
{
    unsigned char key[crypto_shorthash_KEYBYTES] = "espalier", hash[crypto_shorthash_BYTES];
    memcpy(key + 8, &before, sizeof before);
    crypto_shorthash(hash, (const unsigned char *)s.p, s.n, key);
    uint64_t value;
    memcpy(&value, hash, sizeof value);
    return value;
}
