/* Who says a quotation, as far as pronouns in it need to know: the name or pronoun beside the verb of speech.
 * The quotations' own stage finds speakers with more care. */
#include "annotate/refer_parts.h"

#include "base/utf8.h"

enum { WINDOW = 12, FOLDED = 64 };

bool dsr_refer_is_cue(const dsr_refer_state *r, uint32_t token)
{
    char folded[FOLDED];
    dsr_slice text = dsr_refer_token_text(r, token);
    if (token >= r->token_count || r->tokens[token].kind != DSR_TOKEN_WORD || text.len > FOLDED / 3 ||
        r->tokens[token].name != DSR_NONE) {
        return false;
    }
    size_t count = dsr_fold_word(text, folded, sizeof folded);
    return dsr_lexicon_has(r->tables->lexicon, DSR_SLICE("en"), DSR_WORDS_CUE, (dsr_slice){folded, count});
}

static bool may_speak(const dsr_refer_state *r, uint32_t thing)
{
    return thing != DSR_NONE &&
           (r->things.items[thing].type == DSR_NAME_PER || r->things.items[thing].type == DSR_NAME_ORG);
}

typedef struct range {
    uint32_t first, end;
} range;

/* A verb of speech in a stretch, and who stands right before or behind it. */
static uint32_t speaker_in(const dsr_refer_state *r, range in)
{
    for (uint32_t cue = in.first; cue < in.end; cue++) {
        if (!dsr_refer_is_cue(r, cue) && !dsr_refer_is(r, cue, "to")) {
            continue;
        }
        if (dsr_refer_is(r, cue, "to") && !(cue > in.first && dsr_refer_is(r, cue - 1, "according"))) {
            continue;
        }
        for (uint32_t t = cue; t-- > in.first;) {
            if (may_speak(r, r->who[t])) {
                return r->who[t];
            }
        }
        for (uint32_t t = cue + 1; t < in.end && t < cue + WINDOW; t++) {
            if (may_speak(r, r->who[t])) {
                return r->who[t];
            }
        }
    }
    return DSR_NONE;
}

/* The words between this quotation and the next mark of its kind or the paragraph's end. */
static range behind(const dsr_refer_state *r, uint32_t token)
{
    range out = {token, token};
    uint32_t paragraph = token > 0 ? r->paragraph_of[r->tokens[token - 1].sentence] : 0;
    while (out.end < r->token_count && out.end - token < 2 * WINDOW && r->tokens[out.end].quote == DSR_NONE &&
           r->paragraph_of[r->tokens[out.end].sentence] == paragraph && !dsr_refer_is(r, out.end, ".")) {
        out.end++;
    }
    return out;
}

static range before(const dsr_refer_state *r, uint32_t token)
{
    range out = {token, token};
    uint32_t floor = r->sentence_starts[r->tokens[token].sentence];
    while (out.first > floor && r->tokens[out.first - 1].quote == DSR_NONE) {
        out.first--;
    }
    return out;
}

void dsr_refer_speakers(dsr_refer_state *r)
{
    uint32_t last = DSR_NONE;
    uint32_t last_paragraph = DSR_NONE;
    for (uint32_t t = 0; t < r->token_count;) {
        uint32_t quote = r->tokens[t].quote;
        uint32_t end = t + 1;
        if (quote == DSR_NONE) {
            t = end;
            continue;
        }
        while (end < r->token_count && r->tokens[end].quote == quote) {
            end++;
        }
        uint32_t paragraph = r->paragraph_of[r->tokens[t].sentence];
        uint32_t speaker = speaker_in(r, behind(r, end));
        speaker = speaker == DSR_NONE ? speaker_in(r, before(r, t)) : speaker;
        bool near = last != DSR_NONE && paragraph - last_paragraph <= 1;
        speaker = speaker == DSR_NONE && near ? last : speaker;
        r->speakers[quote] = speaker;
        last = speaker != DSR_NONE ? speaker : last;
        last_paragraph = paragraph;
        t = end;
    }
}
