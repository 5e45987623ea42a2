/* Names of persons, word against word. Must not know reports. */
#include "entity/person.h"

#include "base/utf8.h"

#include <string.h>

/* ---- reading a name ---- */

static bool next_word(dsr_slice *rest, dsr_slice *word)
{
    size_t start = 0;
    while (start < rest->len && strchr(" \t\r\n,", rest->ptr[start]) != NULL) {
        start++;
    }
    size_t end = start;
    while (end < rest->len && strchr(" \t\r\n,", rest->ptr[end]) == NULL) {
        end++;
        /* "K.C." is two initials. */
        if (rest->ptr[end - 1] == '.' && end - start == 2) {
            break;
        }
    }
    *word = dsr_slice_part(*rest, start, end);
    *rest = dsr_slice_part(*rest, end, rest->len);
    return end > start;
}

/* "Al-Sisi" and "el-Sisi" without what binds them. */
static dsr_slice without_particle(const dsr_entity_words *words, dsr_slice word)
{
    size_t hyphen = dsr_slice_find(word, DSR_SLICE("-"), 0);
    if (hyphen == SIZE_MAX || hyphen + 1 >= word.len) {
        return word;
    }
    dsr_slice first = dsr_slice_part(word, 0, hyphen);
    bool particle = dsr_entity_words_part(words, first) == DSR_PART_PARTICLE;
    return particle ? dsr_slice_part(word, hyphen + 1, word.len) : word;
}

enum { SENIOR = 1, JUNIOR = 2, NUMERAL = 10, NUMERAL_MOST = 39 };

/* "XVI" as 16; 0 for a word that is no numeral. "X" alone is an initial or a chosen surname. */
static uint8_t numeral_of(dsr_slice word)
{
    unsigned value = 0;
    unsigned before = 0;
    for (size_t i = word.len; i-- > 0;) {
        unsigned digit = word.ptr[i] == 'I' ? 1 : word.ptr[i] == 'V' ? 5 : word.ptr[i] == 'X' ? 10 : 0;
        if (digit == 0 || value > NUMERAL_MOST || (digit < before && value < digit)) {
            return 0;
        }
        value = digit < before ? value - digit : value + digit;
        before = digit;
    }
    return value > NUMERAL_MOST || (word.len == 1 && value == 10) ? 0 : (uint8_t)value;
}

static uint8_t generation_of(dsr_slice word)
{
    while (word.len > 0 && word.ptr[word.len - 1] == '.') {
        word.len--;
    }
    if (dsr_slice_equal_nocase(word, DSR_SLICE("jr")) || dsr_slice_equal_nocase(word, DSR_SLICE("junior"))) {
        return JUNIOR;
    }
    if (dsr_slice_equal_nocase(word, DSR_SLICE("sr")) || dsr_slice_equal_nocase(word, DSR_SLICE("senior"))) {
        return SENIOR;
    }
    uint8_t numeral = numeral_of(word);
    return numeral > 0 ? (uint8_t)(NUMERAL + numeral) : 0;
}

static bool is_descent(dsr_slice word)
{
    static const char *const words[] = {"bin", "bint", "ibn", "ben", "al"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (dsr_slice_equal_nocase(word, dsr_slice_of(words[i]))) {
            return true;
        }
    }
    return false;
}

bool dsr_person_is_regnal(dsr_slice word)
{
    static const char *const words[] = {"king", "queen", "prince", "princess", "pope", "emperor",
                                        "emir", "amir",  "sultan", "saint",    "tsar", "empress"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (dsr_slice_equal_nocase(word, dsr_slice_of(words[i]))) {
            return true;
        }
    }
    return false;
}

bool dsr_person_generations_differ(const dsr_person_name *a, const dsr_person_name *b)
{
    return a->generation != 0 && b->generation != 0 && a->generation != b->generation;
}

dsr_person_name dsr_person_read(const dsr_entity_words *words, dsr_slice name)
{
    dsr_person_name out = {.count = 0};
    dsr_slice rest = name;
    dsr_slice word;
    dsr_slice only = DSR_SLICE_NONE;
    while (next_word(&rest, &word) && out.count < DSR_PERSON_WORDS) {
        dsr_name_part part = dsr_entity_words_part(words, word);
        bool title = part == DSR_PART_TITLE && out.count == 0;
        bool numeral = out.count > 0 && rest.len == 0 && numeral_of(word) > 0;
        bool suffix = (part == DSR_PART_SUFFIX && out.count > 0) || numeral;
        if (part == DSR_PART_PARTICLE || title || suffix) {
            out.generation = suffix && generation_of(word) != 0 ? generation_of(word) : out.generation;
            out.descent = out.descent || is_descent(word);
            out.regnal = out.regnal || (title && dsr_person_is_regnal(word));
            only = word;
            continue;
        }
        char letters[DSR_KEY_BYTES];
        if (out.count > 0 && dsr_letters_fold(word, '\0', letters, sizeof letters) == 0) {
            continue; /* a hyphen by itself */
        }
        dsr_slice bound = without_particle(words, word);
        out.descent = out.descent || bound.len < word.len;
        out.words[out.count++] = bound;
    }
    if (out.count == 0 && only.len > 0) {
        out.words[out.count++] = only;
    }
    return out;
}

/* ---- words ---- */

enum { SLIP_LETTERS = 7, DOUBLE_LETTERS = 4 };

static size_t letters_of(dsr_slice word, char *out, size_t room)
{
    return dsr_letters_fold(word, '\0', out, room);
}

static bool is_initial(dsr_slice word, const char *letters, size_t count)
{
    return count == 1 || (count == 2 && word.len == 2 && (letters[0] & 0x80) == 0 && word.ptr[0] >= 'A' &&
                          word.ptr[0] <= 'Z' && word.ptr[1] >= 'A' && word.ptr[1] <= 'Z');
}

static bool same_key(const dsr_person_tables *tables, dsr_slice a, dsr_slice b)
{
    char left[DSR_KEY_BYTES];
    char right[DSR_KEY_BYTES];
    size_t one = dsr_key_of_word(tables->keys, a, left);
    size_t other = dsr_key_of_word(tables->keys, b, right);
    return one > 2 && one == other && memcmp(left, right, one) == 0;
}

/* "Jong-un": syllables of one given name, not two names that may stand for each other. */
static bool has_syllables(dsr_slice word)
{
    dsr_slice rest = word;
    dsr_slice piece;
    bool found = false;
    for (size_t i = 0; dsr_slice_next_field(&rest, '-', &piece); i++) {
        bool small = i > 0 && piece.len > 0 && piece.ptr[0] >= 'a' && piece.ptr[0] <= 'z';
        found = found || small || piece.len < DOUBLE_LETTERS;
    }
    return found && dsr_slice_find(word, DSR_SLICE("-"), 0) != SIZE_MAX;
}

/* One of a double name may stand for it: "Garcia" for "Garcia-Lopez". */
static bool is_part_of_double(dsr_slice whole, dsr_slice part)
{
    char want[DSR_KEY_BYTES];
    char have[DSR_KEY_BYTES];
    dsr_slice rest = whole;
    dsr_slice piece;
    size_t count = letters_of(part, want, sizeof want);
    if (dsr_slice_find(whole, DSR_SLICE("-"), 0) == SIZE_MAX || count < 3) {
        return false;
    }
    while (dsr_slice_next_field(&rest, '-', &piece)) {
        if (letters_of(piece, have, sizeof have) == count && memcmp(have, want, count) == 0) {
            return true;
        }
    }
    return false;
}

/* One letter more, less or other, or two neighbours swapped, inside a long word ("Volodymr"). */
static bool is_slip(const char *a, size_t a_count, const char *b, size_t b_count)
{
    size_t start = 0;
    size_t end = 0;
    size_t least = a_count < b_count ? a_count : b_count;
    size_t most = a_count < b_count ? b_count : a_count;
    if (least < SLIP_LETTERS || most - least > 1) {
        return false;
    }
    while (start < least && a[start] == b[start]) {
        start++;
    }
    while (end < least - start && a[a_count - 1 - end] == b[b_count - 1 - end]) {
        end++;
    }
    size_t left = most - start - end; /* letters that differ, of the longer word */
    bool swapped = left == 2 && a_count == b_count && a[start] == b[start + 1] && a[start + 1] == b[start];
    return start >= 2 && end >= 1 && (left == 1 || swapped);
}

dsr_word_match dsr_word_compare(const dsr_person_tables *tables, dsr_slice a, dsr_slice b)
{
    char left[DSR_KEY_BYTES];
    char right[DSR_KEY_BYTES];
    size_t one = letters_of(a, left, sizeof left);
    size_t other = letters_of(b, right, sizeof right);
    if (one == 0 || other == 0) {
        return DSR_WORD_OTHER;
    }
    if (one == other && memcmp(left, right, one) == 0) {
        return DSR_WORD_EQUAL;
    }
    if (is_initial(a, left, one) || is_initial(b, right, other)) {
        return left[0] == right[0] ? DSR_WORD_INITIAL : DSR_WORD_OTHER;
    }
    if (has_syllables(a) || has_syllables(b)) {
        return dsr_entity_words_are_spellings(tables->words, a, b) ? DSR_WORD_SPELLING : DSR_WORD_OTHER;
    }
    dsr_given_tie tie = dsr_entity_words_tie(tables->words, a, b);
    if (tie == DSR_GIVEN_OTHER) {
        return DSR_WORD_RELATED;
    }
    if (tie == DSR_GIVEN_SHORT) {
        return DSR_WORD_SHORT;
    }
    if (same_key(tables, a, b) || dsr_entity_words_are_spellings(tables->words, a, b) ||
        is_part_of_double(a, b) || is_part_of_double(b, a)) {
        return DSR_WORD_SPELLING;
    }
    if (one < DOUBLE_LETTERS || other < DOUBLE_LETTERS) {
        return DSR_WORD_OTHER; /* "Li", "Liu": a letter is half of the name */
    }
    int32_t evidence = dsr_spellings_compare(tables->spellings, a, b);
    if (evidence >= DSR_SPELLING_SAME) {
        return DSR_WORD_SPELLING;
    }
    return evidence >= DSR_SPELLING_NEAR || is_slip(left, one, right, other) ? DSR_WORD_NEAR : DSR_WORD_OTHER;
}

/* ---- names ---- */

/* Whether all words of the shorter name stand in the longer one, in order, the last of both agreeing. Gives
 * the weakest agreement. */
static dsr_word_match weakest(const dsr_person_tables *tables, const dsr_person_name *shorter,
                              const dsr_person_name *longer)
{
    dsr_word_match least = DSR_WORD_EQUAL;
    size_t at = 0;
    for (size_t i = 0; i < shorter->count; i++) {
        dsr_word_match best = DSR_WORD_OTHER;
        size_t place = at;
        for (size_t j = at; j + (shorter->count - i) <= longer->count; j++) {
            dsr_word_match match = dsr_word_compare(tables, shorter->words[i], longer->words[j]);
            if (match > best) {
                best = match;
                place = j;
            }
        }
        least = best < least ? best : least;
        at = place + 1;
    }
    return least;
}

static dsr_person_match judge(dsr_word_match given, dsr_word_match family, dsr_person_why *why)
{
    if (family == DSR_WORD_EQUAL && given == DSR_WORD_EQUAL) {
        *why = DSR_PERSON_WHY_EQUAL;
        return DSR_PERSON_SAME;
    }
    if (family < DSR_WORD_NEAR || given == DSR_WORD_OTHER || family == DSR_WORD_INITIAL ||
        family == DSR_WORD_SHORT) {
        *why = DSR_PERSON_WHY_OTHER;
        return DSR_PERSON_OTHER;
    }
    bool family_sure = family >= DSR_WORD_SPELLING;
    if (given == DSR_WORD_INITIAL) {
        *why = DSR_PERSON_WHY_INITIAL;
        return family_sure ? DSR_PERSON_SAME : DSR_PERSON_OTHER;
    }
    if (given == DSR_WORD_SHORT) {
        *why = DSR_PERSON_WHY_SHORT;
        return family_sure ? DSR_PERSON_SAME : DSR_PERSON_POSSIBLE;
    }
    if (given == DSR_WORD_RELATED) {
        *why = DSR_PERSON_WHY_RELATED;
        return family_sure ? DSR_PERSON_POSSIBLE : DSR_PERSON_OTHER;
    }
    *why = DSR_PERSON_WHY_SPELLING;
    if (given >= DSR_WORD_SPELLING && family_sure) {
        return DSR_PERSON_SAME;
    }
    return given == DSR_WORD_EQUAL || family_sure ? DSR_PERSON_POSSIBLE : DSR_PERSON_OTHER;
}

static bool are_same_letters(dsr_slice a, dsr_slice b)
{
    char left[DSR_KEY_BYTES];
    char right[DSR_KEY_BYTES];
    size_t one = letters_of(a, left, sizeof left);
    return one > 0 && one == letters_of(b, right, sizeof right) && memcmp(left, right, one) == 0;
}

/* "Abe Shinzo" for "Shinzo Abe": only where the letters are the same. */
static bool is_turned(const dsr_person_name *a, const dsr_person_name *b)
{
    return a->count == 2 && b->count == 2 && !a->descent && !b->descent &&
           are_same_letters(a->words[0], b->words[1]) && are_same_letters(a->words[1], b->words[0]);
}

/* "Kim Jong Un" and "Kim Jong-un". */
static bool is_written_apart(const dsr_person_name *a, const dsr_person_name *b)
{
    char left[DSR_PERSON_WORDS * DSR_KEY_BYTES];
    char right[DSR_PERSON_WORDS * DSR_KEY_BYTES];
    size_t one = 0;
    size_t other = 0;
    if (a->count == b->count) {
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        one += letters_of(a->words[i], left + one, DSR_KEY_BYTES);
    }
    for (size_t i = 0; i < b->count; i++) {
        other += letters_of(b->words[i], right + other, DSR_KEY_BYTES);
    }
    return one == other && memcmp(left, right, one) == 0;
}

/* Middle names agree in order from the first, as far as both names have them: "George W." is not "George
 * H. W.". One that is left out ("Lino 'Tito' Ordaz Tzab") may not be told by an initial. */
static bool middles_differ(const dsr_person_tables *tables, const dsr_person_name *a,
                           const dsr_person_name *b)
{
    for (size_t i = 1; i + 1 < a->count && i + 1 < b->count; i++) {
        char left[DSR_KEY_BYTES];
        char right[DSR_KEY_BYTES];
        if (dsr_word_compare(tables, a->words[i], b->words[i]) != DSR_WORD_OTHER) {
            continue;
        }
        bool initial = is_initial(a->words[i], left, letters_of(a->words[i], left, sizeof left)) ||
                       is_initial(b->words[i], right, letters_of(b->words[i], right, sizeof right));
        const dsr_person_name *shorter = a->count < b->count ? a : b;
        return initial || a->count == b->count ||
               weakest(tables, shorter, shorter == a ? b : a) < DSR_WORD_SPELLING;
    }
    return false;
}

/* Names whose given names or surnames do not meet. */
static dsr_person_match compare_rest(const dsr_person_tables *tables, const dsr_person_name *a,
                                     const dsr_person_name *b, dsr_word_match family, dsr_person_why *why)
{
    if (is_turned(a, b)) {
        *why = DSR_PERSON_WHY_TURNED;
        return DSR_PERSON_DOUBTFUL;
    }
    const dsr_person_name *shorter = a->count < b->count ? a : b;
    const dsr_person_name *longer = shorter == a ? b : a;
    if (a->count != b->count && weakest(tables, shorter, longer) >= DSR_WORD_SPELLING) {
        *why = DSR_PERSON_WHY_PART;
        return family >= DSR_WORD_SPELLING ? DSR_PERSON_SAME : DSR_PERSON_POSSIBLE;
    }
    return DSR_PERSON_OTHER;
}

dsr_person_match dsr_person_compare(const dsr_person_tables *tables, const dsr_person_name *a,
                                    const dsr_person_name *b, dsr_person_why *why)
{
    dsr_person_why unasked;
    dsr_person_why *out = why != NULL ? why : &unasked;
    *out = DSR_PERSON_WHY_OTHER;
    if (a->count < 2 || b->count < 2 || dsr_person_generations_differ(a, b)) {
        return DSR_PERSON_OTHER;
    }
    dsr_word_match family = dsr_word_compare(tables, a->words[a->count - 1], b->words[b->count - 1]);
    /* Given names say nothing where surnames do not meet; comparing is what takes time. */
    dsr_word_match given =
        family >= DSR_WORD_NEAR ? dsr_word_compare(tables, a->words[0], b->words[0]) : DSR_WORD_OTHER;
    dsr_person_match match = judge(given, family, out);
    if (is_written_apart(a, b)) {
        *out = DSR_PERSON_WHY_EQUAL;
        match = DSR_PERSON_SAME;
    } else if (match == DSR_PERSON_OTHER) {
        match = compare_rest(tables, a, b, family, out);
    } else if (middles_differ(tables, a, b)) {
        *out = DSR_PERSON_WHY_OTHER;
        return DSR_PERSON_OTHER;
    }
    if (match != DSR_PERSON_OTHER && a->generation != b->generation) {
        *out = DSR_PERSON_WHY_SUFFIX;
        return DSR_PERSON_DOUBTFUL; /* father and son */
    }
    return match;
}

const char *dsr_person_why_phrase(dsr_person_why why)
{
    static const char *const phrases[] = {
        [DSR_PERSON_WHY_OTHER] = "different names",
        [DSR_PERSON_WHY_EQUAL] = "the same name",
        [DSR_PERSON_WHY_INITIAL] = "an initial and the surname",
        [DSR_PERSON_WHY_SHORT] = "a short form of the given name, and the surname",
        [DSR_PERSON_WHY_RELATED] = "another language's form of the given name, and the surname",
        [DSR_PERSON_WHY_SPELLING] = "spellings of one name",
        [DSR_PERSON_WHY_TURNED] = "the same name, surname first",
        [DSR_PERSON_WHY_PART] = "all words of the shorter name stand in the longer one",
        [DSR_PERSON_WHY_SUFFIX] = "the same name but for a suffix",
    };
    return phrases[why];
}

bool dsr_person_fits_single(const dsr_person_tables *tables, const dsr_person_name *full,
                            const dsr_person_name *single)
{
    if (dsr_person_generations_differ(full, single)) {
        return false;
    }
    bool whole = single->regnal || single->generation > NUMERAL;
    if (!whole || full->count < 2 || single->count == 0) {
        return true;
    }
    return full->regnal && dsr_word_compare(tables, full->words[0], single->words[0]) >= DSR_WORD_SPELLING;
}

unsigned dsr_person_has_word(const dsr_person_tables *tables, const dsr_person_name *name, dsr_slice word)
{
    unsigned best = 0;
    for (size_t i = 0; i < name->count; i++) {
        dsr_word_match match = dsr_word_compare(tables, name->words[i], word);
        if (match < DSR_WORD_SHORT && !(match == DSR_WORD_NEAR && i + 1 == name->count)) {
            continue;
        }
        unsigned place = i + 1u == name->count ? 3 : i == 0 ? 2 : 1;
        unsigned worth = match == DSR_WORD_EQUAL      ? 12
                         : match == DSR_WORD_SPELLING ? 8
                         : match == DSR_WORD_SHORT    ? 4
                                                      : 1;
        best = worth + place > best ? worth + place : best;
    }
    return best;
}
