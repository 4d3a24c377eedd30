namespace Contrastive.Data;

/// <summary>Triplets from natural language inference, in the format of SimCSE's supervised training.</summary>
public static class NliTriplets
{
    private static readonly string[] Header = ["sent0", "sent1", "hard_neg"];

    /// <summary>Reads a file with the columns <c>sent0,sent1,hard_neg</c>: a sentence, one that it entails, and one
    /// that contradicts it.</summary>
    /// <param name="path">The file, compressed with gzip or not.</param>
    /// <exception cref="InvalidDataException">The header or a line is wrong; the message says which.</exception>
    public static IReadOnlyList<SentenceTriplet> Read(string path)
    {
        var triplets = new List<SentenceTriplet>();
        var isHeader = true;
        foreach (var (line, values) in CsvRecords.Read(TextLines.Read(path)))
        {
            if (values.Count != Header.Length)
                throw line.Wrong($"there are {values.Count} values between commas, expected {Header.Length}.");
            if (isHeader && !values.SequenceEqual(Header))
                throw line.Wrong($"the header is '{line.Text}', expected '{string.Join(',', Header)}'.");
            if (!isHeader)
                triplets.Add(new SentenceTriplet(line.Sentence(values[0]), line.Sentence(values[1]), line.Sentence(values[2])));
            isHeader = false;
        }

        return triplets.Count > 0 ? triplets : throw new InvalidDataException($"{path}: it holds no triplet.");
    }
}
