"""The networks. All read with the same encoder; they differ in what the decoder is given.

encoder      GRU over word embeddings, in one or both directions: h_1 .. h_S
fixed C      C = tanh(W [h→_S ; h←_1]), one vector for the whole sentence, given at every step
initial C    the same C, given as the decoder's first state only
attention    C_t = Σ_i α_ti h_i, another vector at each step, weighted by a score of s and h_i
decoder      GRU from the word before to the next state s_t
readout      softmax(U tanh(V [s_t ; C or C_t])) over the target words
"""
