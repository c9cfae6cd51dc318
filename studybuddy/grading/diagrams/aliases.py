"""What the parts of this chapter's diagrams are called: English, Chinese and what a keyboard types.

One line a concept. A word may stand on several lines (`context` is C or C_t): which of them it
means depends on which of them the card's reference holds.
"""

from __future__ import annotations

_CONCEPTS = (
    "enc encoder 编码器 编码 编码端 encoderrnn 编码器rnn",
    "dec decoder 解码器 解码 解码端 decoderrnn 解码器rnn 译码器",
    "c 语义向量 语义向量c 语义特征向量 语义特征向量c 语义编码 语义编码c 上下文向量 上下文向量c "
    "上下文变量 背景变量 背景向量 中间状态向量 中间状态向量c 中间向量 中间状态 向量c 中间语义向量 "
    "context contextvector contextvectorc contextc thought thoughtvector vectorc semanticvector "
    "semanticvectorc fixedc",
    "ct ci cj 上下文向量 上下文向量ct 语义向量 语义向量ct 背景变量 context contextvector "
    "contextvectorct",
    "att attn attention 注意力 注意力机制 注意力层 attentionlayer attentionmechanism",
    "softmax sm 归一化 softmax归一化 normalise normalize",
    "σ sum 求和 加权求和 加权和 weightedsum wsum",
    "× * ⊙ ⊗ mul times multiply product 乘 相乘 乘法 点乘 逐元素乘 逐元素相乘 hadamard",
    "+ ⊕ plus add 加 相加 加法",
    "bos sos go start begin 开始 起始 起始符 开始符",
    "eos end stop 结束 结束符 终止符",
    "q query 查询 查询向量",
    "k key keys 键 键向量",
    "v value values 值 值向量",
    "f ft σf forget forgetgate 遗忘门 忘记门",
    "i it σi inputgate 输入门",
    "o ot σo outputgate 输出门",
    "g gt tanhg c~ c~t candidate 候选 候选状态 候选记忆 候选记忆元 候选细胞状态",
    "r rt σr reset resetgate 重置门",
    "z zt σz update updategate 更新门",
    "n nt h~ h~t tanhh~ candidate 候选 候选状态 候选隐藏状态 候选隐状态",
    "mix 插值 混合 加权平均 interpolate interpolation",
    "词表 softmax词表 vocab vocabulary softmaxvocab softmaxvocabulary outputsoftmax 输出层 输出softmax",
)
# Concepts that come with an index: e1, score1, 得分1 are one node.
_NUMBERED = (
    "e score energy 相似度 得分 打分 对齐分数 注意力得分",
    "a alpha α weight 权重 注意力权重 attentionweight attweight",
    "x input 输入",
    "y output 输出",
    "h hidden hiddenstate 隐藏状态 隐状态 编码器状态 编码器隐藏状态 encoderstate",
    "s h' 解码器状态 解码器隐藏状态 decoderstate",
    "c context contextvector 语义向量 上下文向量 背景变量",
)
# Nodes without an index whose concept otherwise comes with one.
_UNNUMBERED = (
    "e et ei eti score scores energy 相似度 得分 打分 打分函数 对齐分数 注意力得分 scorefunction",
    "a at ai ati aij alpha α αi αti αt weight weights 权重 注意力权重 注意力分布 attentionweight "
    "attentionweights attweights",
    "x xt input 输入",
    "y yt output 输出",
    "h hi ht hidden hiddenstate hiddenstates 隐藏状态 隐状态 编码器状态 编码器隐藏状态 encoderstates",
    "s st h' h't 解码器状态 解码器隐藏状态 decoderstate",
)

GROUPS: tuple[frozenset[str], ...] = tuple(
    frozenset(line.split()) for line in _CONCEPTS + _UNNUMBERED
)
NUMBERED_GROUPS: tuple[frozenset[str], ...] = tuple(frozenset(line.split()) for line in _NUMBERED)
KNOWN: frozenset[str] = frozenset().union(*GROUPS, *NUMBERED_GROUPS)

# A guess at a misspelt word never crosses one of these.
OPPOSITES = (
    ("enc", "dec"),
    ("编码", "解码"),
    ("input", "output"),
    ("输入", "输出"),
    ("forget", "reset"),
    ("query", "key"),
    ("source", "target"),
    ("forward", "backward"),
)
