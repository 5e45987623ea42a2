/* Which language a text is in: by its script, where a script has one language or tells languages apart by
 * letters, else by function words and tell-tale letters. Knows nothing of sentences. */
#include "base/utf8.h"
#include "language/chars.h"
#include "language/language.h"
#include "language/stops.h"

enum {
    LOOKED_AT = 8 * 1024, /* bytes from the beginning */
    LEAST_LETTERS = 20,   /* fewer tell nothing; for scripts of one language a quarter of that will do */
    LEAST_WORDS = 6,
    LEAST_SMALL_WORDS = 4, /* where names are left out */
    SHORT_TEXT = 1024,     /* bytes */
    FEW_WORDS = 14,
    LEAST_SMALL_FOUND = 3, /* function words among them */
    LEAST_ALONE = 2,       /* where no word is another language's */
    SAMPLE_WORDS = 96      /* looked up, spread evenly */
};

/* ---- scripts ---- */

typedef enum script {
    LATIN,
    GREEK,
    CYRILLIC,
    ARMENIAN,
    HEBREW,
    ARABIC,
    DEVANAGARI,
    BENGALI,
    GURMUKHI,
    GUJARATI,
    TAMIL,
    TELUGU,
    KANNADA,
    MALAYALAM,
    SINHALA,
    THAI,
    LAO,
    BURMESE,
    GEORGIAN,
    ETHIOPIC,
    KHMER,
    HANGUL,
    KANA,
    HAN,
    SCRIPTS
} script;

static const struct {
    uint32_t first, last;
    uint8_t script;
} ranges[] = {
    {0x41, 0x24f, LATIN},       {0x370, 0x3ff, GREEK},      {0x400, 0x52f, CYRILLIC},
    {0x531, 0x58f, ARMENIAN},   {0x591, 0x5f4, HEBREW},     {0x600, 0x6ff, ARABIC},
    {0x750, 0x77f, ARABIC},     {0x900, 0x97f, DEVANAGARI}, {0x980, 0x9ff, BENGALI},
    {0xa00, 0xa7f, GURMUKHI},   {0xa80, 0xaff, GUJARATI},   {0xb80, 0xbff, TAMIL},
    {0xc00, 0xc7f, TELUGU},     {0xc80, 0xcff, KANNADA},    {0xd00, 0xd7f, MALAYALAM},
    {0xd80, 0xdff, SINHALA},    {0xe00, 0xe7f, THAI},       {0xe80, 0xeff, LAO},
    {0x1000, 0x109f, BURMESE},  {0x10a0, 0x10ff, GEORGIAN}, {0x1100, 0x11ff, HANGUL},
    {0x1200, 0x139f, ETHIOPIC}, {0x1780, 0x17ff, KHMER},    {0x1e00, 0x1eff, LATIN},
    {0x1f00, 0x1fff, GREEK},    {0x3040, 0x30ff, KANA},     {0x3400, 0x4dbf, HAN},
    {0x4e00, 0x9fff, HAN},      {0xac00, 0xd7a3, HANGUL},   {0xf900, 0xfaff, HAN},
    {0xfb50, 0xfdff, ARABIC},   {0xfe70, 0xfefc, ARABIC},   {0x20000, 0x2fa1f, HAN},
};

/* The language of a script that one language writes, or that most of its texts are in; NULL where letters
 * must tell. */
static const char *const only_language[SCRIPTS] = {
    [GREEK] = "el",    [ARMENIAN] = "hy", [HEBREW] = "he", [BENGALI] = "bn", [GURMUKHI] = "pa",
    [GUJARATI] = "gu", [TAMIL] = "ta",    [TELUGU] = "te", [KANNADA] = "kn", [MALAYALAM] = "ml",
    [SINHALA] = "si",  [THAI] = "th",     [LAO] = "lo",    [BURMESE] = "my", [GEORGIAN] = "ka",
    [ETHIOPIC] = "am", [KHMER] = "km",    [HANGUL] = "ko", [KANA] = "ja",    [HAN] = "zh",
};

static int script_of(uint32_t cp)
{
    size_t low = 0, high = sizeof ranges / sizeof *ranges;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cp > ranges[middle].last) {
            low = middle + 1;
        } else if (cp < ranges[middle].first) {
            high = middle;
        } else {
            return ranges[middle].script;
        }
    }
    return SCRIPTS;
}

/* ---- tell-tale letters ---- */

/* Letters of one script's languages. A text has a language's letters where they make up `permille` of its
 * letters or more; the first language in the table whose letters are there is the text's. */
typedef struct tell_tale {
    uint8_t script;
    uint8_t permille;
    const char *language;
    uint32_t letters[10];
} tell_tale;

static const tell_tale tell_tales[] = {
    {CYRILLIC, 5, "kk", {0x4d9, 0x49b, 0x4a3, 0x493, 0x4b1, 0x4bb}},
    {CYRILLIC, 5, "be", {0x45e}},
    {CYRILLIC, 5, "mk", {0x453, 0x455, 0x45c}},
    {CYRILLIC, 5, "sr", {0x452, 0x458, 0x459, 0x45a, 0x45b, 0x45f}},
    {CYRILLIC, 10, "uk", {0x456, 0x457, 0x454, 0x491}},
    {CYRILLIC, 5, "ru", {0x44b, 0x44d, 0x451}},
    {CYRILLIC, 5, "bg", {0x44a}},
    {ARABIC, 5, "ur", {0x679, 0x688, 0x691, 0x6ba, 0x6d2, 0x6be}},
    {ARABIC, 5, "fa", {0x67e, 0x686, 0x698, 0x6af, 0x6cc}},
    {ARABIC, 0, "ar", {0}},
    {DEVANAGARI, 2, "mr", {0x933}},
    {DEVANAGARI, 0, "hi", {0}},
    {LATIN, 10, "vi", {0x1b0, 0x1a1, 0x1ea1, 0x1ebf, 0x1ec7, 0x1ed9, 0x1edb, 0x1ea5, 0x1ec1, 0x1ee3}},
    {LATIN, 10, "pl", {0x142, 0x105, 0x119, 0x17c, 0x15b, 0x17a}},
    {LATIN, 8, "cs", {0x159, 0x11b, 0x16f}},
    {LATIN, 8, "hu", {0x151, 0x171}},
    {LATIN, 8, "ro", {0x103, 0x21b, 0x219, 0x163}},
    {LATIN, 8, "tr", {0x131, 0x11f, 0x15f}},
    {LATIN, 8, "lv", {0x101, 0x113, 0x12b, 0x137, 0x13c, 0x146}},
    {LATIN, 8, "lt", {0x117, 0x12f, 0x173, 0x16b}},
    {LATIN, 8, "is", {0xf0, 0xfe}},
};

typedef struct counts {
    uint32_t letters;
    uint32_t script[SCRIPTS];
    uint32_t tale[sizeof tell_tales / sizeof *tell_tales];
} counts;

static void count_letter(counts *n, uint32_t cp)
{
    int s = script_of(cp);
    if (s == SCRIPTS) {
        return;
    }
    n->letters++;
    n->script[s]++;
    if (cp < 128) {
        return;
    }
    uint32_t lower = dsr_lower(cp);
    for (size_t i = 0; i < sizeof tell_tales / sizeof *tell_tales; i++) {
        const tell_tale *tale = &tell_tales[i];
        for (size_t k = 0; tale->script == s && k < 10 && tale->letters[k]; k++) {
            n->tale[i] += tale->letters[k] == lower;
        }
    }
}

enum { STRETCH = 64 };

/* The letters of a stretch of ASCII; SIZE_MAX where something else stands in it. So plain a loop is done many
 * bytes at once. */
static size_t count_stretch(const char *p)
{
    unsigned char letters = 0, all = 0;
    for (size_t i = 0; i < STRETCH; i++) {
        unsigned char c = (unsigned char)p[i];
        all |= c;
        letters = (unsigned char)(letters + ((unsigned char)((c | 0x20) - 'a') < 26));
    }
    return all < 0x80 ? letters : SIZE_MAX;
}

/* Character by character, to the first that begins at or behind `end`; returns its place. */
static size_t count_characters(dsr_slice text, size_t at, size_t end, counts *n)
{
    while (at < end) {
        dsr_char c = dsr_char_at(text, at);
        if (c.kind == DSR_CHAR_LETTER) {
            count_letter(n, c.code_point);
        }
        at += c.length;
    }
    return at;
}

static void count_letters(dsr_slice text, counts *n)
{
    for (size_t at = 0; at < text.len;) {
        size_t end = text.len - at < STRETCH ? text.len : at + STRETCH;
        size_t ascii = end - at == STRETCH ? count_stretch(text.ptr + at) : SIZE_MAX;
        if (ascii == SIZE_MAX) {
            at = count_characters(text, at, end, n);
            continue;
        }
        n->letters += (uint32_t)ascii;
        n->script[LATIN] += (uint32_t)ascii;
        at = end;
    }
}

/* The first language of the script whose letters are there; no value where none is. */
static dsr_slice by_tell_tales(const counts *n, uint8_t of)
{
    for (size_t i = 0; i < sizeof tell_tales / sizeof *tell_tales; i++) {
        const tell_tale *tale = &tell_tales[i];
        if (tale->script == of && n->tale[i] * 1000 >= (uint32_t)tale->permille * n->script[of] &&
            (n->tale[i] > 0 || tale->permille == 0)) {
            return dsr_slice_of(tale->language);
        }
    }
    return DSR_SLICE_NONE;
}

/* ---- function words ---- */

enum { BITS = 64 };

/* The words looked at: the languages that have each as a function word, and how many each language has. */
typedef struct sample {
    uint64_t languages[SAMPLE_WORDS];
    size_t count;
    uint32_t found[BITS];
} sample;

static uint64_t languages_of(const dsr_lexicon *lexicon, dsr_slice word)
{
    dsr_folded room;
    dsr_slice folded = dsr_fold_short(word, &room);
    return folded.len > 0 ? dsr_lexicon_stop_languages(lexicon, folded) : 0;
}

static void note_word(sample *s, uint64_t languages)
{
    s->languages[s->count++] = languages;
    for (; languages; languages &= languages - 1) {
        s->found[__builtin_ctzll(languages)]++;
    }
}

/* What short texts are told by besides: verbs of speech, days and months. */
static void note_signs(const dsr_lexicon *lexicon, sample *s, dsr_slice word)
{
    dsr_folded room;
    dsr_slice folded = dsr_fold_short(word, &room);
    uint64_t languages = 0, days = 0;
    for (unsigned bit = 0; bit < BITS && folded.len > 2; bit++) {
        dsr_slice language = dsr_lexicon_bit_language(lexicon, bit);
        bool day = language.ptr && (dsr_lexicon_weekday(lexicon, language, folded) >= 0 ||
                                    dsr_lexicon_month(lexicon, language, folded) >= 0);
        bool cue = language.ptr && dsr_lexicon_has(lexicon, language, DSR_WORDS_CUE, folded);
        days |= (uint64_t)day << bit;
        languages |= (uint64_t)(day || cue) << bit;
    }
    languages |= languages_of(lexicon, word);
    note_word(s, languages);
    if (days && s->count < SAMPLE_WORDS)
        note_word(s, days); /* hardly another language's by chance */
}

/* Where small words that stand inside a name end ("von der" of "Ursula von der Leyen"), text[at] being the
 * first behind a word with a capital; `at` where they do not. */
static size_t skip_particles(dsr_slice text, size_t at)
{
    enum { PARTICLES = 2, PARTICLE_BYTES = 3 };
    size_t end = at;
    for (size_t i = 0; i <= PARTICLES; i++) {
        if (end >= text.len || text.ptr[end] != ' ')
            return at;
        dsr_char c = dsr_char_at(text, end + 1);
        if (c.kind != DSR_CHAR_LETTER)
            return at;
        if (dsr_lower(c.code_point) != c.code_point)
            return end;
        size_t behind = dsr_skip_word(text, end + 1, text.len);
        if (behind - end - 1 > PARTICLE_BYTES)
            return at;
        end = behind;
    }
    return at;
}

/* All small words of a short text, those inside names left out. */
static void take_signs(const dsr_lexicon *lexicon, dsr_slice text, sample *s)
{
    *s = (sample){.count = 0};
    for (size_t at = 0; at < text.len && s->count < SAMPLE_WORDS;) {
        dsr_char c = dsr_char_at(text, at);
        if (c.kind != DSR_CHAR_LETTER) {
            at += c.length;
            continue;
        }
        size_t end = dsr_skip_word(text, at, text.len);
        if (dsr_lower(c.code_point) == c.code_point) {
            note_signs(lexicon, s, dsr_slice_part(text, at, end));
        } else {
            end = skip_particles(text, end);
        }
        at = end;
    }
}

/* Looks at SAMPLE_WORDS words or fewer, spread evenly over the text: stretches of text, a word of each. With
 * `small`, words that begin with a capital count for nothing: names of persons and bodies. */
static void take_sample(const dsr_lexicon *lexicon, dsr_slice text, bool small, sample *s)
{
    enum { WORD_AND_BLANK = 6 /* bytes, on the average */ };
    size_t step = text.len / SAMPLE_WORDS > WORD_AND_BLANK ? text.len / SAMPLE_WORDS - WORD_AND_BLANK : 0;
    *s = (sample){.count = 0};
    for (size_t at = 0; at < text.len && s->count < SAMPLE_WORDS;) {
        dsr_char c = dsr_char_at(text, at);
        if (c.kind != DSR_CHAR_LETTER) {
            at += c.length;
            continue;
        }
        size_t end = dsr_skip_word(text, at, text.len);
        if (!small || dsr_lower(c.code_point) == c.code_point) {
            note_word(s, languages_of(lexicon, dsr_slice_part(text, at, end)));
        }
        /* On to the next stretch, and there past the word into which the step led. */
        at = end + step < text.len ? dsr_utf8_floor(text, end + step) : text.len;
        at = step && at < text.len ? dsr_skip_word(text, at, text.len) : at;
    }
}

/* Whether the words that only `one` has outnumber those that only `other` has by a quarter, and these are
 * few. Languages that are close share most of their function words; in a text of two languages each has many
 * of its own. */
static bool outnumbers(const sample *s, unsigned one, unsigned other)
{
    size_t only_one = 0, only_other = 0;
    for (size_t i = 0; i < s->count; i++) {
        bool in_one = s->languages[i] >> one & 1, in_other = s->languages[i] >> other & 1;
        only_one += in_one && !in_other;
        only_other += in_other && !in_one;
    }
    /* Of a dozen words, one that is by chance another language's, too, is much: then three against one. */
    return s->count < FEW_WORDS ? only_one >= only_other * 3 && only_one > 0
                                : only_one * 4 >= only_other * 5 && only_other * 7 < s->count;
}

/* The language with most function words: where one word in six is one, and no other language comes close. */
static dsr_slice decide(const dsr_lexicon *lexicon, const sample *s, size_t least_words, size_t least_found)
{
    unsigned best = 0;
    for (unsigned bit = 1; bit < BITS; bit++) {
        best = s->found[bit] > s->found[best] ? bit : best;
    }
    bool clear =
        s->count >= least_words && s->found[best] >= least_found && (size_t)s->found[best] * 6 >= s->count;
    for (unsigned bit = 0; bit < BITS && clear; bit++) {
        bool near = bit != best && s->found[bit] * 4 >= s->found[best];
        clear = !near || outnumbers(s, best, bit);
    }
    return clear ? dsr_lexicon_bit_language(lexicon, best) : DSR_SLICE_NONE;
}

/* Of a line of half a dozen words: two small ones of a language, and none of any other. */
static dsr_slice decide_alone(const dsr_lexicon *lexicon, const sample *s)
{
    unsigned languages = 0, bit = 0;
    for (unsigned i = 0; i < BITS; i++) {
        languages += s->found[i] > 0;
        bit = s->found[i] > 0 ? i : bit;
    }
    bool clear = languages == 1 && s->found[bit] >= LEAST_ALONE;
    return clear ? dsr_lexicon_bit_language(lexicon, bit) : DSR_SLICE_NONE;
}

/* A short report may be half names, which hide what little else it has: then by its other words alone. */
static dsr_slice by_function_words(const dsr_lexicon *lexicon, dsr_slice text)
{
    sample s;
    if (!lexicon) {
        return DSR_SLICE_NONE;
    }
    take_sample(lexicon, text, false, &s);
    dsr_slice found = decide(lexicon, &s, LEAST_WORDS, 0);
    if (found.ptr || text.len > SHORT_TEXT) {
        return found;
    }
    take_sample(lexicon, text, true, &s);
    found = decide(lexicon, &s, LEAST_SMALL_WORDS, LEAST_SMALL_FOUND);
    if (found.ptr)
        return found;
    take_signs(lexicon, text, &s);
    found = decide(lexicon, &s, LEAST_SMALL_WORDS, LEAST_SMALL_FOUND);
    return found.ptr ? found : decide_alone(lexicon, &s);
}

static dsr_slice identify_latin(const dsr_lexicon *lexicon, dsr_slice text, const counts *n)
{
    dsr_slice by_words = by_function_words(lexicon, text);
    return by_words.ptr ? by_words : by_tell_tales(n, LATIN);
}

dsr_slice dsr_language_identify(const dsr_lexicon *lexicon, dsr_slice text)
{
    dsr_slice und = DSR_SLICE("und");
    counts n = {0};
    text = dsr_slice_part(text, 0, dsr_utf8_floor(text, text.len < LOOKED_AT ? text.len : LOOKED_AT));
    count_letters(text, &n);
    /* Japanese is written in kana and Han together, Korean sometimes so. */
    if (n.script[KANA] >= n.script[HAN] / 10 && n.script[KANA] > 0) {
        n.script[KANA] += n.script[HAN];
        n.script[HAN] = 0;
    }
    size_t most = 0;
    for (size_t i = 1; i < SCRIPTS; i++) {
        most = n.script[i] > n.script[most] ? i : most;
    }
    uint32_t least = only_language[most] ? LEAST_LETTERS / 4 : LEAST_LETTERS;
    if (n.letters < least || n.script[most] * 3 < n.letters * 2) {
        return und;
    }
    dsr_slice found;
    if (only_language[most]) {
        found = dsr_slice_of(only_language[most]);
    } else if (most == LATIN) {
        found = identify_latin(lexicon, text, &n);
    } else {
        found = by_tell_tales(&n, (uint8_t)most);
    }
    return found.ptr ? found : und;
}
