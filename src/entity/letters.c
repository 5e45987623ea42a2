/* Folding names to plain letters. Must not know what a name is. */
#include "entity/letters.h"

#include "base/utf8.h"

#include <string.h>

/* Letters that are two in plain Latin; dsr_fold goes one for one. */
static const char *two_letters(uint32_t c)
{
    switch (c) {
    case 0xdf:
    case 0x1e9e:
        return "ss";
    case 0xc6:
    case 0xe6:
        return "ae";
    case 0x152:
    case 0x153:
        return "oe";
    case 0xde:
    case 0xfe:
        return "th";
    default:
        return NULL;
    }
}

static uint32_t plain(uint32_t c)
{
    switch (c) {
    case 0xd0:
    case 0xf0:
    case 0x110:
    case 0x111:
        return 'd';
    case 0x131:
    case 0x130:
        return 'i';
    case 0x18f:
    case 0x259:
        return 'a';
    case 0x141:
    case 0x142:
        return 'l';
    case 0xd8:
    case 0xf8:
        return 'o';
    default:
        return dsr_fold(c);
    }
}

/* Marks that stand within a word without parting it. */
static bool is_silent(uint32_t c)
{
    return c == '\'' || c == '.' || c == '`' || c == 0x2019 || c == 0x2018 || c == 0x2bc || c == 0x2bb ||
           c == 0x2be || c == 0x2bf || c == 0xb4;
}

static size_t put(char *out, size_t room, size_t at, const char *bytes, size_t count)
{
    if (at + count > room) {
        return 0;
    }
    memcpy(out + at, bytes, count);
    return count;
}

size_t dsr_letters_fold(dsr_slice text, char joint, char *out, size_t room)
{
    size_t used = 0;
    bool parted = false;
    const char *p = text.ptr;
    const char *end = text.len > 0 ? text.ptr + text.len : text.ptr;
    while (p < end) {
        size_t length = 1;
        uint32_t c = dsr_utf8_decode(p, end, &length);
        p += length;
        if (is_silent(c)) {
            continue;
        }
        if (!dsr_is_word(c) || c == '_') {
            parted = used > 0;
            continue;
        }
        if (parted && joint != '\0') {
            size_t step = put(out, room, used, &joint, 1);
            if (step == 0) {
                break;
            }
            used += step;
        }
        parted = false;
        char bytes[4];
        const char *two = two_letters(c);
        size_t step = two != NULL ? put(out, room, used, two, 2)
                                  : put(out, room, used, bytes, dsr_utf8_encode(plain(c), bytes));
        if (step == 0) {
            break;
        }
        used += step;
    }
    return used;
}

dsr_letters dsr_letters_of(dsr_slice word)
{
    char folded[4 * DSR_LETTERS_MOST];
    size_t count = dsr_letters_fold(word, '\0', folded, sizeof folded);
    dsr_letters letters = {{0}, 0};
    for (size_t i = 0; i < count && letters.count < DSR_LETTERS_MOST; i++) {
        if (folded[i] >= 'a' && folded[i] <= 'z') {
            letters.at[letters.count++] = (uint8_t)(folded[i] - 'a' + 1);
        }
    }
    return letters;
}
