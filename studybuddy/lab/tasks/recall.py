"""What is asked of cells that recall a string's first symbol (E6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studybuddy.catalogue.predictions import (
    ChoiceQuestion,
    NumberQuestion,
    Question,
    RankingQuestion,
)
from studybuddy.lab.language.corpus import seeded
from studybuddy.lab.recall_plan import ANSWERS, FIXED_LAGS
from studybuddy.text.translation import Language

NETWORKS = ("rnn", "gru", "lstm", "gru default", "lstm default")
"""By cell; the gates of GRU and LSTM were opened before training unless said."""
SOLVED = 0.9
"""A network solves its lag when it recalls so many letters."""
POINTS = 10.0

_PROMPTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "task": "A string is one of {letters} letters, then distractors that are never asked; at the end the network must name the letter. Lag L means L distractors. All cells have the same number of parameters, the same training steps and the best of the same learning rates. ",
        "longest": "For each lag of {lags} one network was trained on that lag alone: {network}. Up to which lag does it name at least {solved} % of {n} unseen letters?",
        "at": "{Network}, trained on lag {lag} alone, is asked {n} unseen strings of that lag. How many percent of the letters does it name? (Guessing gives {chance} %.)",
        "ranking": "Five networks were trained on lag {lag} alone and are asked {n} unseen strings of that lag. Order them by the letters they name, most first.",
        "not even": "not even {lag}",
        "rnn": "a plain tanh RNN",
        "gru": "a GRU whose update gate was opened before training",
        "lstm": "an LSTM whose forget gate was opened before training",
        "gru default": "a GRU with default initial gates",
        "lstm default": "an LSTM with default initial gates",
        "rnn item": "RNN",
        "gru item": "GRU, gate opened",
        "lstm item": "LSTM, gate opened",
        "gru default item": "GRU, default gate",
        "lstm default item": "LSTM, default gate",
    },
    "zh": {
        "task": "字符串的第一个符号是 {letters} 个字母之一，后面是从不提问的干扰符号；读完后网络要说出第一个字母。间隔 L 指有 L 个干扰符号。各网络参数量相等、训练步数相等，学习率都从同一组里取最好的。",
        "longest": "对 {lags} 的每个间隔，各单独训练一个网络：{network}。它最长在哪个间隔上还能答对 {n} 个没见过的字符串中的至少 {solved}%？",
        "at": "{Network}只在间隔 {lag} 上训练，再用 {n} 个同样间隔、没见过的字符串提问。它能答对百分之几？（瞎猜为 {chance}%。）",
        "ranking": "五个网络都只在间隔 {lag} 上训练，再用 {n} 个同样间隔、没见过的字符串提问。按答对的多少排列，最多的排最前。",
        "not even": "连 {lag} 都不行",
        "rnn": "普通 tanh RNN",
        "gru": "训练前把更新门打开的 GRU",
        "lstm": "训练前把遗忘门打开的 LSTM",
        "gru default": "门为默认初始值的 GRU",
        "lstm default": "门为默认初始值的 LSTM",
        "rnn item": "RNN",
        "gru item": "GRU，门已打开",
        "lstm item": "LSTM，门已打开",
        "gru default item": "GRU，默认门",
        "lstm default item": "LSTM，默认门",
    },
}


def make(
    ask: str, parameters: Mapping[str, Any], seed: int, language: Language
) -> tuple[str, Question, dict[str, Any]]:
    """The prompt; of a ranking the order in which the networks are listed is drawn."""
    text = _PROMPTS[language]
    name = text[parameters.get("network", "rnn")]
    told = {
        "network": name,
        "Network": name[0].upper() + name[1:],
        "lag": parameters.get("lag"),
        "n": parameters["count"],
        "lags": ", ".join(map(str, FIXED_LAGS))
        if language == "en"
        else "、".join(map(str, FIXED_LAGS)),
        "solved": round(100 * SOLVED),
        "letters": len(ANSWERS),
        "chance": f"{100 / len(ANSWERS):g}",
    }
    prompt = (text["task"] + text[ask]).format(**told)
    if ask == "at":
        return prompt, NumberQuestion(0, 100, POINTS, "%"), {}
    if ask == "longest":
        nothing = text["not even"].format(lag=FIXED_LAGS[0])
        return prompt, ChoiceQuestion((nothing, *map(str, FIXED_LAGS))), {}
    random = seeded("recall order", seed)
    items = sorted(NETWORKS, key=lambda network: (random.random(), network))
    question = RankingQuestion(tuple(text[f"{network} item"] for network in items))
    return prompt, question, {"items": items}
