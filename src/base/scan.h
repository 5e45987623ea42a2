/* Steps over plain text many bytes at once. Where words end no processor can guess, so that a loop over bytes
 * pays for each wrong guess; with sixteen bytes told apart at a time splitting into words takes half the
 * time. Must not know what a word is beyond ASCII. */
#ifndef DSR_BASE_SCAN_H
#define DSR_BASE_SCAN_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Letters, digits and "_" of ASCII. */
static inline bool dsr_scan_is_word(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10 || c == '_';
}

#ifdef __SSE2__
/* A bit for each of the 16 bytes at p that is a word character or `also`. Comparison is signed: a range is
 * moved to the least numbers. */
static inline unsigned dsr_scan_bits(const char *p, char also)
{
    const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    const __m128i small = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    const __m128i letter =
        _mm_cmplt_epi8(_mm_sub_epi8(small, _mm_set1_epi8((char)('a' - 128))), _mm_set1_epi8(26 - 128));
    const __m128i digit =
        _mm_cmplt_epi8(_mm_sub_epi8(bytes, _mm_set1_epi8((char)('0' - 128))), _mm_set1_epi8(10 - 128));
    const __m128i line = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('_'));
    const __m128i other = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(also));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(letter, digit), _mm_or_si128(line, other)));
}
#endif

/* The first byte from p on that is neither a word character nor `also`; `end` where there is none. */
static inline const char *dsr_scan_skip(const char *p, const char *end, char also)
{
#ifdef __SSE2__
    /* In other scripts than the Latin no step leads further than here. */
    if (p < end && (unsigned char)*p >= 0x80) {
        return p;
    }
    for (; end - p >= 16; p += 16) {
        unsigned bits = dsr_scan_bits(p, also);
        if (bits != 0xffff) {
            return p + __builtin_ctz(~bits);
        }
    }
#endif
    while (p < end && (dsr_scan_is_word(*p) || *p == also)) {
        p++;
    }
    return p;
}

enum { DSR_SCAN_BLOCK = 64 };

/* A bit for each of the DSR_SCAN_BLOCK bytes at p that is a word character; false where not all of them are
 * ASCII. */
static inline bool dsr_scan_block(const char *p, uint64_t *words)
{
    uint64_t bits = 0;
#ifdef __SSE2__
    unsigned wide = 0;
    for (int i = 0; i < DSR_SCAN_BLOCK; i += 16) {
        wide |= (unsigned)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)(p + i)));
        bits |= (uint64_t)dsr_scan_bits(p + i, '_') << i;
    }
#else
    unsigned char wide = 0;
    for (int i = 0; i < DSR_SCAN_BLOCK; i++) {
        wide |= (unsigned char)p[i] & 0x80;
        bits |= (uint64_t)dsr_scan_is_word(p[i]) << i;
    }
#endif
    *words = bits;
    return wide == 0;
}

#endif
