/* See made_text.h. */
#include "made_text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* splitmix64 */
uint64_t made_draw(made_random *random)
{
    uint64_t z = (random->state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint32_t made_draw_below(made_random *random, uint32_t limit)
{
    return (uint32_t)((made_draw(random) >> 32) * limit >> 32);
}

static const char *const function_words[] = {
    "the",  "of",    "to",    "and",   "in",   "a",    "that",  "is",     "was",     "for",
    "on",   "it",    "with",  "as",    "at",   "by",   "from",  "he",     "be",      "have",
    "has",  "had",   "but",   "not",   "are",  "were", "they",  "an",     "which",   "this",
    "will", "who",   "after", "their", "been", "its",  "or",    "would",  "about",   "more",
    "said", "than",  "when",  "there", "his",  "her",  "she",   "we",     "also",    "into",
    "some", "could", "over",  "other", "two",  "new",  "first", "before", "because", "while"};
enum { FUNCTION_WORDS = sizeof function_words / sizeof *function_words };

void made_make_word(made_random *random, char *out)
{
    static const char *const onsets[] = {"b", "br", "c",  "d", "dr", "f",  "g", "h",  "k", "l", "m",
                                         "n", "p",  "pr", "r", "s",  "st", "t", "tr", "v", "w", "z"};
    static const char *const vowels[] = {"a", "e", "i", "o", "u", "ai", "ea", "ou"};
    static const char *const codas[] = {"", "", "n", "r", "l", "s", "t", "nd"};
    unsigned syllables = 1 + made_draw_below(random, 3) + made_draw_below(random, 2);
    out[0] = '\0';
    for (unsigned i = 0; i < syllables; i++) {
        strcat(out, onsets[made_draw_below(random, sizeof onsets / sizeof *onsets)]);
        strcat(out, vowels[made_draw_below(random, sizeof vowels / sizeof *vowels)]);
        if (i + 1 == syllables) {
            strcat(out, codas[made_draw_below(random, sizeof codas / sizeof *codas)]);
        }
    }
}

made_vocabulary *made_vocabulary_new(void)
{
    made_vocabulary *words = malloc(sizeof *words);
    if (words == NULL) {
        return NULL;
    }
    made_random random = {1};
    uint64_t sum = 0;
    for (uint32_t i = 0; i < MADE_VOCABULARY; i++) {
        if (i < FUNCTION_WORDS) {
            strcpy(words->words[i], function_words[i]);
        } else {
            made_make_word(&random, words->words[i]);
        }
        sum += UINT64_C(1000000000) / (i + 3);
        words->up_to[i] = sum;
    }
    return words;
}

/* A word's number by Zipf's law. */
static uint32_t draw_word(const made_vocabulary *words, made_random *random)
{
    uint64_t at = made_draw(random) % words->up_to[MADE_VOCABULARY - 1];
    uint32_t low = 0, high = MADE_VOCABULARY - 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (words->up_to[middle] > at) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* What a text is about: words of its own, and names. */

made_topic made_make_topic(made_random *random)
{
    made_topic made;
    for (unsigned i = 0; i < MADE_STORY_WORDS; i++) {
        made.words[i] = 200 + made_draw_below(random, MADE_VOCABULARY - 200);
    }
    for (unsigned i = 0; i < MADE_STORY_NAMES; i++) {
        made_make_word(random, made.names[i]);
        made.names[i][0] = (char)(made.names[i][0] - 'a' + 'A');
    }
    return made;
}

/* A text is a row of words; negative numbers are names of its topic, MADE_END_SENTENCE and MADE_END_PARAGRAPH
 * stand between. */

void made_push(made_draft *text, int32_t item)
{
    if (text->count < sizeof text->items / sizeof *text->items) {
        text->items[text->count++] = item;
    }
}

static void write_sentence(made_draft *text, const made_vocabulary *words, const made_topic *about,
                           made_random *random)
{
    unsigned length = 9 + made_draw_below(random, 22);
    for (unsigned i = 0; i < length; i++) {
        uint32_t kind = made_draw_below(random, 100);
        if (kind < 6) {
            made_push(text, -1 - (int32_t)made_draw_below(random, MADE_STORY_NAMES));
        } else if (kind < 20) {
            made_push(text, (int32_t)about->words[made_draw_below(random, MADE_STORY_WORDS)]);
        } else {
            made_push(text, (int32_t)draw_word(words, random));
        }
    }
    made_push(text, MADE_END_SENTENCE);
}

/* Sentences until `count` words are there. */
void made_write_words(made_draft *text, const made_vocabulary *words, const made_topic *about,
                      made_random *random, size_t count)
{
    size_t start = text->count;
    for (unsigned sentence = 0; text->count - start < count; sentence++) {
        write_sentence(text, words, about, random);
        if (sentence % 2 == 1) {
            made_push(text, MADE_END_PARAGRAPH);
        }
    }
}

/* Copies items [start, end); one word in a hundred times `percent` becomes another. */
void made_copy_words(made_draft *text, const made_draft *from, size_t start, size_t end, uint32_t percent,
                     const made_vocabulary *words, made_random *random)
{
    for (size_t i = start; i < end && i < from->count; i++) {
        bool edit = from->items[i] >= 0 && made_draw_below(random, 100) < percent;
        made_push(text, edit ? (int32_t)draw_word(words, random) : from->items[i]);
    }
}

/* The made_draft as text. Names of negative numbers are looked up in `about`: a copy keeps its source's topic
 * for that. */
size_t made_render(const made_draft *text, const made_vocabulary *words, const made_topic *about,
                   const char *line_end, char *out)
{
    size_t length = 0;
    bool opens = true, first = true;
    for (size_t i = 0; i < text->count && length + 2 * MADE_WORD_ROOM < MADE_TEXT_ROOM; i++) {
        int32_t item = text->items[i];
        if (item == MADE_END_SENTENCE) {
            out[length++] = '.';
            opens = true;
        } else if (item == MADE_END_PARAGRAPH) {
            length += (size_t)sprintf(out + length, "%s%s", line_end, line_end);
            first = true;
        } else {
            const char *word = item < 0 ? about->names[-1 - item] : words->words[item];
            length += (size_t)sprintf(out + length, "%s%s", first ? "" : " ", word);
            char *start = out + length - strlen(word);
            if (opens && *start >= 'a') {
                *start = (char)(*start - 'a' + 'A');
            }
            opens = first = false;
        }
    }
    out[length] = '\0';
    return length;
}

void made_write_copy(made_draft *text, const made_draft *source, const made_vocabulary *words,
                     const made_topic *about, made_random *random, unsigned kind)
{
    size_t count = source->count;
    if (kind == 0) { /* whole, 5 % of its words changed */
        made_copy_words(text, source, 0, count, 5, words, random);
    } else if (kind == 1) { /* the first 40 % kept */
        made_copy_words(text, source, 0, count * 2 / 5, 0, words, random);
        made_push(text, MADE_END_SENTENCE);
        made_write_words(text, words, about, random, count * 3 / 5);
    } else { /* 30 % in the middle of a text of its own */
        made_write_words(text, words, about, random, count * 7 / 20);
        made_copy_words(text, source, count / 3, count / 3 + count * 3 / 10, 2, words, random);
        made_push(text, MADE_END_SENTENCE);
        made_write_words(text, words, about, random, count * 7 / 20);
    }
}
