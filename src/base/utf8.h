/* UTF-8 and what Unicode says of a character. The only file that knows utf8proc is utf8.c.
 * Inside Dossier positions are bytes; the contract's positions are code points: dsr_code_points leads over.
 */
#ifndef DSR_BASE_UTF8_H
#define DSR_BASE_UTF8_H

#include "base/arena.h"

/* Whether `s` is UTF-8 (no surrogates, nothing overlong, nothing past U+10FFFF). Where not, *bad_at (may be
 * NULL) is the first byte that is wrong. Runs over ASCII eight bytes at a time or better. */
bool dsr_utf8_is_valid(dsr_slice s, size_t *bad_at);
/* The code point at p (p < end), its length in *length (1-4). A byte that does not belong gives U+FFFD,
 * length 1. */
uint32_t dsr_utf8_decode(const char *p, const char *end, size_t *length);
/* Writes 1-4 bytes, returns how many; what is no character becomes U+FFFD. */
size_t dsr_utf8_encode(uint32_t code_point, char out[4]);
/* Code points in valid UTF-8. */
size_t dsr_utf8_count(dsr_slice s);
/* Columns that a terminal gives to `s`: 0 for combining marks, 2 for wide characters. */
size_t dsr_utf8_columns(dsr_slice s);
/* The largest place <= at that does not cut a character. */
size_t dsr_utf8_floor(dsr_slice s, size_t at);

/* The character of a byte in windows-1252 (0x80-0xFF); 0 where it has none. */
uint32_t dsr_windows_1252(unsigned char byte);

/* Byte position -> code point position of one text. Built once in linear time, asked in constant time. */
typedef struct dsr_code_points {
    dsr_slice text;
    const uint32_t *before; /* code points before each block of 256 bytes; NULL where text is all ASCII */
} dsr_code_points;
dsr_status dsr_code_points_build(dsr_arena *arena, dsr_slice text, dsr_code_points *out) DSR_MUST_CHECK;
size_t dsr_code_points_at(const dsr_code_points *index, size_t byte);

/* Unicode's own classes. A word character is a letter, a mark, a digit or "_" (Python's \w). */
bool dsr_is_word(uint32_t code_point);
bool dsr_is_letter(uint32_t code_point);
bool dsr_is_upper(uint32_t code_point);
bool dsr_is_digit(uint32_t code_point);
bool dsr_is_space(uint32_t code_point);
/* Han, kana, Thai and other scripts written without spaces: each character counts as a word. */
bool dsr_is_unspaced(uint32_t code_point);
/* Control and format characters that can change what a terminal or a page shows (C0, C1, bidi overrides ...);
 * tab and newline are not among them. */
bool dsr_is_control(uint32_t code_point);
/* Lower case of a character, one for one. */
uint32_t dsr_lower(uint32_t code_point);
/* Lower case without diacritics, one for one: the key under which words are compared ("É" -> "e", "ł" ->
 * "l"). */
uint32_t dsr_fold(uint32_t code_point);
/* Folds a whole word into out (at least in.len bytes needed are never exceeded by 3x); returns bytes written.
 */
size_t dsr_fold_word(dsr_slice word, char *out, size_t room);

#endif
