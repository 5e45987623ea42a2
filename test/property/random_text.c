#include "random_text.h"

static uint64_t random_next(random_source *random)
{
    random->state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = random->state;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint32_t random_below(random_source *random, uint32_t limit)
{
    return (uint32_t)(((random_next(random) >> 32) * limit) >> 32);
}

static void random_word(random_source *random, dsr_buffer *to)
{
    static const char consonants[] = "bdfghklmnprstvz", vowels[] = "aeiou";
    for (unsigned syllables = 2 + random_below(random, 3); syllables > 0; syllables--) {
        dsr_buffer_append_char(to, consonants[random_below(random, sizeof consonants - 1)]);
        dsr_buffer_append_char(to, vowels[random_below(random, sizeof vowels - 1)]);
    }
}

void random_words(random_source *random, dsr_buffer *to, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (i > 0) {
            dsr_buffer_append(to, i % 14 == 0 ? DSR_SLICE(". ") : DSR_SLICE(" "));
        }
        random_word(random, to);
    }
    dsr_buffer_append(to, DSR_SLICE(".\n"));
}

void random_page(random_source *random, dsr_buffer *to, unsigned pieces)
{
    static const char *const odd[] = {
        "\"",
        "\"",
        "“",
        "”",
        "‘",
        "’",
        "'",
        "«",
        "»",
        "„",
        "‹",
        "›",
        "``",
        "''",
        "(",
        ")",
        "[",
        "]",
        ".",
        ".",
        ",",
        "!",
        "?",
        "…",
        "...",
        ":",
        ";",
        " — ",
        "--",
        "\n",
        "\n\n",
        "\r\n",
        "\n \n",
        "\t",
        "\xc2\xa0",
        "\xe2\x80\xa8",
        "\xe3\x80\x80",
        "\xef\xbb\xbf",
        "U.S.",
        "Mr.",
        "a.m.",
        "No. 7",
        "1,234.5",
        "3 March 2031",
        "$5",
        "%",
        "said",
        "he said",
        "the",
        "of",
        "and",
        "was",
        "it",
        "https://a.example/b?c=d",
        "@someone",
        "#tag",
        "READ MORE: x\n",
        "Advertisement\n",
        "By Ann Lee\n",
        "Published: 4 March 2031\n",
        "(AFP)",
        "LOWTON (Reuters) - ",
        "Source: X and agencies\n",
        "Caption: y\n",
        "Мост",
        "мэр сказал",
        "é",
        "e\xcc\x81",
        "ﬁ",
        "ß",
        "İ",
        "橋",
        "今日は",
        "สะพาน",
        "جسر",
        "\xf0\x9f\x98\x80",
        "\xe2\x80\xae",
        "\x1b[2J",
        "\x7f",
        "don't",
        "rock 'n' roll",
        "'90s",
        "5'10\"",
    };
    for (unsigned i = 0; i < pieces; i++) {
        if (random_below(random, 3) == 0) {
            random_word(random, to);
        } else {
            dsr_buffer_append(to, dsr_slice_of(odd[random_below(random, sizeof odd / sizeof *odd)]));
        }
        if (random_below(random, 3) > 0) {
            dsr_buffer_append_char(to, ' ');
        }
    }
}
