/* Whose turn it is where a pronoun speaks and two people may be meant: who spoke last or whom that was said
 * to. Must not know how speakers are ranked. */
#include "annotate/said_parts.h"

static bool fits(const dsr_said_state *s, uint32_t pronoun, uint32_t entity)
{
    if (entity >= s->report->entities.count || s->report->entities.items[entity].type != DSR_NAME_PER) {
        return false;
    }
    char sex = s->report->entities.items[entity].given_sex;
    return sex == 0 || sex == (dsr_said_is(s, pronoun, "she") ? 'f' : 'm');
}

static uint32_t entity_of(const dsr_said_state *s, uint32_t mention)
{
    return mention != DSR_SAID_NONE ? s->mentions.items[mention].entity : DSR_NO_ENTITY;
}

/* Who has a turn in a transcript ("JANE ROE: He said ..."): no "he" of it is the speaker's own. */
static uint32_t turn_of(const dsr_said_state *s, uint32_t token)
{
    enum { LABEL_MOST = 8 };
    uint32_t paragraph = dsr_said_paragraph(s, token);
    uint32_t sentence = s->tokens[token].sentence;
    for (unsigned back = 0; back < LABEL_MOST && sentence > 0; back++, sentence--) {
        if (s->paragraph_of[sentence - 1] != paragraph) {
            break;
        }
    }
    uint32_t start = s->sentence_starts[sentence];
    for (uint32_t t = start; t < s->token_count && t < start + LABEL_MOST; t++) {
        bool name = s->tokens[t].name != DSR_SAID_NONE;
        if (dsr_said_is(s, t, ":") && t > start) {
            return s->report->names.items[s->tokens[t - 1].name].entity;
        }
        if (!name) {
            break;
        }
    }
    return DSR_NO_ENTITY;
}

/* Verbs of who speaks next, never of who spoke just now. */
static bool is_reply(const dsr_said_state *s, const dsr_said_segment *q)
{
    return q->cue.token != DSR_SAID_NONE &&
           dsr_said_is(s, q->cue.token,
                       "replied replies answered answers responded responds retorted countered");
}

static void mean(dsr_said_mention *m, uint32_t entity)
{
    m->entity = entity;
    m->guessed = true;
}

bool dsr_said_is_own_turn(const dsr_said_state *s, uint32_t mention)
{
    const dsr_said_mention *m = &s->mentions.items[mention];
    return m->entity != DSR_NO_ENTITY && turn_of(s, m->head) == m->entity;
}

enum { BACK_MOST = 8 };
/* Who speaks in the sentence before, by a bare surname that references do not see; NO_ENTITY. */
static uint32_t bare_before(const dsr_said_state *s, uint32_t mention)
{
    uint32_t head = s->mentions.items[mention].head;
    for (uint32_t i = mention, back = 0; i-- > 0 && back < BACK_MOST; back++) {
        const dsr_said_mention *m = &s->mentions.items[i];
        if (s->tokens[m->head].sentence + 1 < s->tokens[head].sentence ||
            dsr_said_paragraph(s, m->head) != dsr_said_paragraph(s, head)) {
            break;
        }
        if (m->bare && fits(s, head, m->entity)) {
            return m->entity;
        }
    }
    return DSR_NO_ENTITY;
}

void dsr_said_take_turn(dsr_said_state *s, uint32_t segment, uint32_t previous, uint32_t earlier)
{
    dsr_said_segment *q = &s->segments[segment];
    dsr_said_mention *m = &s->mentions.items[q->mention];
    if (m->type != DSR_TYPE_HE || m->entity == DSR_NO_ENTITY || m->turned) {
        return;
    }
    m->turned = true;
    uint32_t bare = bare_before(s, q->mention);
    if (bare != DSR_NO_ENTITY) {
        mean(m, bare);
        return;
    }
    const dsr_said_segment *last = previous != DSR_SAID_NONE ? &s->segments[previous] : NULL;
    const dsr_quote *quotes = s->report->quotes.items;
    if (last == NULL || last->mention == q->mention ||
        quotes[previous].quotation == quotes[segment].quotation) {
        return;
    }
    uint32_t speaker = entity_of(s, last->mention);
    uint32_t hearer = entity_of(s, dsr_said_audience(s, last));
    bool told = fits(s, m->head, hearer) && fits(s, m->head, speaker) && hearer != speaker;
    bool here = last->paragraph == q->paragraph;
    if (!told) {
        uint32_t other =
            earlier != DSR_SAID_NONE ? entity_of(s, s->segments[earlier].mention) : DSR_NO_ENTITY;
        if (is_reply(s, q) && !here && m->entity == speaker && other != speaker && fits(s, m->head, other)) {
            mean(m, other);
        }
        m->guessed |= is_reply(s, q) && !here && m->entity == speaker;
        return;
    }
    if (is_reply(s, q) && m->entity == speaker) {
        mean(m, hearer);
    } else if (here && !is_reply(s, q) && m->entity == hearer) {
        mean(m, speaker);
    } else if (!here && m->entity == speaker) {
        m->guessed = true;
    }
}
