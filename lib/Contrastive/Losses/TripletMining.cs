namespace Contrastive.Losses;

/// <summary>Which triplets of a batch the <see cref="Triplet"/> loss uses.</summary>
public enum TripletMining
{
    /// <summary>Every anchor with each of its positives and each negative ("batch all").</summary>
    All,

    /// <summary>Each anchor once: its farthest positive and its nearest negative ("batch hard", Hermans et al. 2017, equation 5).</summary>
    Hard,

    /// <summary>Each positive pair once: the nearest negative that is farther than the positive (Schroff et al. 2015, equation 4), or,
    /// where none is, the farthest negative.</summary>
    SemiHard,
}
