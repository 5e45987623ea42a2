/* Numbers the pairs of tags that the corpus has. Must not know how they are learnt. */
#include "syntax.h"

#include <stdlib.h>

static size_t tag_number(training *t, uint8_t xpos, uint8_t upos)
{
    size_t i = 0;
    while (i < t->tag_count && (t->tags[i].xpos != xpos || t->tags[i].upos != upos)) {
        i++;
    }
    if (i == t->tag_count && i < DSR_NET_TAGS) {
        t->tags[t->tag_count++] = (dsr_tag_pair){xpos, upos};
    }
    return i < DSR_NET_TAGS ? i : 0;
}

void number_tags(training *t)
{
    for (size_t i = 0; i < t->corpus.words.count; i++) {
        const conllu_word *w = &t->corpus.words.items[i];
        if (w->xpos < DSR_XPOS_COUNT && w->upos < DSR_UPOS_COUNT) {
            t->words[i].tag = (uint8_t)tag_number(t, w->xpos, w->upos);
        }
    }
    char bytes[2 * DSR_NET_TAGS];
    for (size_t i = 0; i < t->tag_count; i++) {
        bytes[2 * i] = (char)t->tags[i].xpos;
        bytes[2 * i + 1] = (char)t->tags[i].upos;
    }
    model_file_put(t->file, "tags", (dsr_slice){bytes, 2 * t->tag_count});
}
