namespace Contrastive.Data;

/// <summary>Triplets from natural language inference, in the format of SimCSE's supervised training.</summary>
public static class NliTriplets
{
    /// <summary>Reads a file with the columns <c>sent0,sent1,hard_neg</c>: a sentence, one that it entails, and one
    /// that contradicts it.</summary>
    /// <param name="path">The file, compressed with gzip or not.</param>
    /// <exception cref="InvalidDataException">The header or a line is wrong; the message says which.</exception>
    public static IReadOnlyList<SentenceTriplet> Read(string path) => TripletFile.ReadCsv(path, ["sent0", "sent1", "hard_neg"]);
}
