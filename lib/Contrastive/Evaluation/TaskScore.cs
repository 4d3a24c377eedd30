namespace Contrastive.Evaluation;

/// <summary>How an encoder did on one similarity task.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Pairs">How many pairs it has.</param>
/// <param name="Spearman">Spearman's ρ of its similarities and the scores, in [−1, 1]; NaN where the encoder collapsed. Papers print 100 ρ.</param>
public sealed record TaskScore(string Task, int Pairs, double Spearman);
