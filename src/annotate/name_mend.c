/* What the model's labels are made good by: forms of address that it took for names, names that stand behind
 * one and that it missed, and headlines in capitals, where the report's other sentences tell what is a name.
 * Must not know weights. */
#include "annotate/name_parts.h"

typedef struct mending {
    const dsr_name_text *text;
    const dsr_name_memory *memory;
    uint8_t *labels;
} mending;

static dsr_slice text_of(const mending *m, size_t word)
{
    dsr_span span = m->text->words[word].span;
    return dsr_slice_part(m->text->text, span.start, span.end);
}

/* Whether the word is one of those of a list, parted by blanks; "Mr." is "Mr". */
static bool is_one_of(dsr_slice word, const char *words)
{
    dsr_slice rest = dsr_slice_of(words);
    dsr_slice one;
    word.len -= word.len > 0 && word.ptr[word.len - 1] == '.';
    while (dsr_slice_next_field(&rest, ' ', &one)) {
        if (dsr_slice_equal_nocase(word, one)) {
            return true;
        }
    }
    return false;
}

static bool is_courtesy(dsr_slice word)
{
    return is_one_of(word, "Mr Mrs Ms Mx Miss Messrs");
}

static bool is_capital(const dsr_name_word *word)
{
    return word->shape == DSR_SHAPE_CAPITAL || word->shape == DSR_SHAPE_CAPITALS ||
           word->shape == DSR_SHAPE_MIXED || word->shape == DSR_SHAPE_INITIAL;
}

static void label_name(mending *m, size_t first, size_t end, dsr_name_type type)
{
    for (size_t i = first; i < end; i++) {
        dsr_name_place place = end - first == 1 ? DSR_PLACE_SINGLE
                               : i == first     ? DSR_PLACE_BEGIN
                               : i + 1 == end   ? DSR_PLACE_END
                                                : DSR_PLACE_INSIDE;
        m->labels[i] = (uint8_t)dsr_name_label(type, place);
    }
}

/* ---- "Mrs. Clinton" without "Mrs." ---- */

/* A form of address in front of `rest` further words of a name. Where but one word is left, it may be the
 * name itself that looks like one: "Sheikh Hasina", "Major Smith". */
static bool is_address(dsr_slice word, size_t rest)
{
    return is_courtesy(word) || is_one_of(word, "Dr King Queen Prince Princess Pope Emperor Empress Tsar") ||
           (rest > 1 &&
            is_one_of(word,
                      "Sheikh Sultan Emir President Chancellor Premier Republican Democrat Sir Dame Lord"));
}

static void drop_addresses(mending *m, size_t first, size_t end)
{
    size_t begin = first;
    while (end - begin > 1 && is_address(text_of(m, begin), end - begin - 1)) {
        m->labels[begin++] = 0;
    }
    if (begin > first) {
        label_name(m, begin, end, DSR_NAME_PER);
    }
}

/* ---- "Mr. Xi", "Premier Li" ---- */

static bool is_free_name(const mending *m, size_t word, size_t end)
{
    return word < end && m->labels[word] == 0 && is_capital(&m->text->words[word]);
}

/* How many words behind a form of address or an office are a name that the model missed. In a headline any
 * word may have a capital. */
static size_t count_missed(const mending *m, size_t title, size_t end, bool headline)
{
    enum { WORDS = 4 };
    const uint32_t no_surname = DSR_GAZETTEER_TITLE | DSR_GAZETTEER_ROLE | DSR_GAZETTEER_COUNTRY |
                                DSR_GAZETTEER_DEMONYM | DSR_GAZETTEER_BODY_HEAD | DSR_GAZETTEER_BODY_LAST |
                                DSR_GAZETTEER_BUILDING_WORD | DSR_GAZETTEER_EVENT_WORD;
    size_t count = 0;
    while (count < WORDS && is_free_name(m, title + 1 + count, end)) {
        count++;
    }
    if (count == 0 || is_courtesy(text_of(m, title))) {
        return headline && count > 1 ? 1 : count;
    }
    const dsr_name_word *office = &m->text->words[title];
    uint32_t lists = m->text->words[title + 1].lists;
    bool surname = (lists & DSR_GAZETTEER_SURNAME) != 0 && (lists & no_surname) == 0;
    bool titled = office->shape == DSR_SHAPE_CAPITAL && (office->lists & DSR_GAZETTEER_TITLE) != 0;
    bool goes_on = title + 2 < end && m->labels[title + 2] != 0;
    return count == 1 && titled && surname && !goes_on ? 1 : 0;
}

static void find_missed(mending *m, size_t first, size_t end, bool headline)
{
    for (size_t i = first; i + 1 < end; i++) {
        size_t count =
            m->labels[i] == 0 && is_capital(&m->text->words[i]) ? count_missed(m, i, end, headline) : 0;
        if (count > 0) {
            label_name(m, i + 1, i + 1 + count, DSR_NAME_PER);
            i += count;
        }
    }
}

/* ---- headlines in capitals ---- */

static bool was(const mending *m, size_t word, dsr_name_type type, dsr_name_place place)
{
    return m->memory[m->text->words[word].memory].places[type][place] > 0;
}

static bool is_told(const mending *m, size_t word)
{
    enum { LETTERS = 3, SEEN_SMALL = 1 };
    const dsr_name_word *w = &m->text->words[word];
    return m->labels[word] == 0 && w->shape == DSR_SHAPE_CAPITALS && w->letters >= LETTERS &&
           w->here != SEEN_SMALL && m->memory[w->memory].none == 0;
}

static void find_in_capitals(mending *m, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        if (!is_told(m, i)) {
            continue;
        }
        bool two = i + 1 < end && is_told(m, i + 1) && was(m, i, DSR_NAME_PER, DSR_PLACE_BEGIN) &&
                   was(m, i + 1, DSR_NAME_PER, DSR_PLACE_END);
        if (two) {
            label_name(m, i, i + 2, DSR_NAME_PER);
            i++;
        } else if (was(m, i, DSR_NAME_PER, DSR_PLACE_END) || was(m, i, DSR_NAME_PER, DSR_PLACE_SINGLE)) {
            label_name(m, i, i + 1, DSR_NAME_PER);
        } else if (was(m, i, DSR_NAME_GPE, DSR_PLACE_SINGLE)) {
            label_name(m, i, i + 1, DSR_NAME_GPE);
        } else if (was(m, i, DSR_NAME_ORG, DSR_PLACE_SINGLE)) {
            label_name(m, i, i + 1, DSR_NAME_ORG);
        }
    }
}

void dsr_name_mend(const dsr_name_text *text, const dsr_name_memory *memory, uint8_t *labels)
{
    enum { ALL_CAPITALS = 2 };
    mending m = {text, memory, labels};
    size_t begin = 0;
    for (size_t i = 0; i < text->count; i++) {
        begin = dsr_name_goes_on(labels[i]) ? begin : i;
        if (labels[i] != 0 && !dsr_name_is_open(labels[i]) &&
            dsr_name_label_type(labels[i]) == DSR_NAME_PER) {
            drop_addresses(&m, begin, i + 1);
        }
    }
    for (size_t s = 0; s < text->sentences; s++) {
        if (text->modes[s] == ALL_CAPITALS) {
            find_in_capitals(&m, text->starts[s], text->starts[s + 1]);
        } else {
            find_missed(&m, text->starts[s], text->starts[s + 1], text->modes[s] != 0);
        }
    }
}
