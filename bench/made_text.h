/* Made-up text for the benches: words nobody ever wrote, put together as news is (a few words very often,
 * most rarely). Same seeds, same bytes. It must not know how Dossier compares. */
#ifndef DSR_BENCH_MADE_TEXT_H
#define DSR_BENCH_MADE_TEXT_H

#include <stddef.h>
#include <stdint.h>

enum {
    MADE_VOCABULARY = 60000,
    MADE_WORD_ROOM = 20,
    MADE_STORY_WORDS = 40, /* words that the reports of one story keep using */
    MADE_STORY_NAMES = 6,
    MADE_MAX_WORDS = 4000,
    MADE_TEXT_ROOM = MADE_MAX_WORDS * (MADE_WORD_ROOM + 4)
};

typedef struct made_random {
    uint64_t state;
} made_random;
uint64_t made_draw(made_random *random);
uint32_t made_draw_below(made_random *random, uint32_t limit);

/* The vocabulary. Its first words are English function words, so that the text passes for English. */
typedef struct made_vocabulary {
    char words[MADE_VOCABULARY][MADE_WORD_ROOM];
    uint64_t up_to[MADE_VOCABULARY]; /* weights 1/rank, summed up */
} made_vocabulary;
made_vocabulary *made_vocabulary_new(void); /* free(); NULL without memory */
void made_make_word(made_random *random, char *out);

/* What a text is about: words of its own, and names. */
typedef struct made_topic {
    uint32_t words[MADE_STORY_WORDS];
    char names[MADE_STORY_NAMES][MADE_WORD_ROOM];
} made_topic;
made_topic made_make_topic(made_random *random);

/* A text is a row of words; negative numbers are names of its topic, MADE_END_SENTENCE and MADE_END_PARAGRAPH
 * stand between. */
enum { MADE_END_SENTENCE = -100, MADE_END_PARAGRAPH = -101 };
typedef struct made_draft {
    int32_t items[2 * MADE_MAX_WORDS];
    size_t count;
} made_draft;
void made_push(made_draft *text, int32_t item);
/* Sentences until `count` words are there. */
void made_write_words(made_draft *text, const made_vocabulary *words, const made_topic *about,
                      made_random *random, size_t count);
/* Copies items [start, end); one word in a hundred times `percent` becomes another. */
void made_copy_words(made_draft *text, const made_draft *from, size_t start, size_t end, uint32_t percent,
                     const made_vocabulary *words, made_random *random);
/* A copy of one of MADE_COPIES kinds: edited, cut, embedded in a text of its own. */
enum { MADE_COPIES = 3 };
void made_write_copy(made_draft *text, const made_draft *source, const made_vocabulary *words,
                     const made_topic *about, made_random *random, unsigned kind);
/* The draft as text of at most MADE_TEXT_ROOM bytes and a NUL. Names of negative numbers are looked up in
 * `about`: a copy keeps its source's topic for that. */
size_t made_render(const made_draft *text, const made_vocabulary *words, const made_topic *about,
                   const char *line_end, char *out);

#endif
