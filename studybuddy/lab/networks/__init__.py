"""The networks. Both read with the same encoder; they differ in what the decoder is given.

encoder      bidirectional GRU over word embeddings: h_1 .. h_S
fixed C      C = tanh(W [h→_S ; h←_1]), one vector for the whole sentence, given at every step
attention    C_t = Σ_i α_ti h_i, another vector at each step, weighted by a score of s_t and h_i
decoder      GRU from the word before to the next state s_t
readout      softmax(U tanh(V [s_t ; C or C_t])) over the target words
"""
