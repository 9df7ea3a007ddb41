UPDATE outbound SET doubts = 1, state = 'uncertain' WHERE tag = 'count-2';
