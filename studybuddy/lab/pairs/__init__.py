"""A learner's own parallel text: read with suspicion, trained on, and reported side by side.

tokens      text as words or characters, chosen for each side by its script
reading     the file: source TAB target, a pair a line
corpus      vocabularies by frequency, and training, validation and test parts
settings    sizes and recipe, the same for the three networks
training    C at initialisation, C at every step, attention: same batches, same number of steps
scoring     BLEU and chrF by sacrebleu, with bootstrap intervals
saved       networks, word lists and card in one folder, checked when they are loaded
run         all of it, as a stream of events
"""
