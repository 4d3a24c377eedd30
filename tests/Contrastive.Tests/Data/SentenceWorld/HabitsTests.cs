using Contrastive.Data;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class HabitsTests
{
    /// <summary>Words that keep the same company name one thing: what an encoder can learn from sentences without labels.</summary>
    [Fact]
    public void A_word_is_known_by_the_company_it_keeps()
    {
        var nouns = WorldLexicon.People.Concat(WorldLexicon.Animals).ToArray();
        var words = nouns.SelectMany(noun => new[] { noun.Singular.First, noun.Singular.Second }).ToArray();
        var company = Company(words, SentenceWorld.Sentences(20_000, seed: 1));
        var found = Enumerable.Range(0, words.Length).Count(word => Nearest(company, word) == (word ^ 1));
        Assert.True(found > 0.9 * words.Length, $"{found} of {words.Length}");
    }

    [Fact]
    public void Everyone_has_habits_of_their_own()
    {
        static string Describe(Noun noun) => string.Join(',', Habits.Of(noun).Actions.Select(action => action.Action.First.Base).Order().Append(Habits.Of(noun).Place.First).Append(Habits.Of(noun).Moment.Words.First));
        Assert.Equal(WorldLexicon.People.Length, WorldLexicon.People.Select(Describe).Distinct().Count());
        Assert.All(WorldLexicon.People, noun => Assert.Equal(2, Habits.Of(noun).Actions.Distinct().Count()));
        Assert.All(WorldLexicon.Animals, noun => Assert.All(Habits.Of(noun).Actions, action => Assert.Contains(NounGroup.Animal, action.Patients)));
        Assert.All(WorldLexicon.Objects, noun => Assert.Empty(Habits.Of(noun).Actions));
        Assert.All(WorldLexicon.Actions, action => Assert.Equal(3 * action.Patients.Length, Habits.Of(action).Distinct().Count()));
    }

    /// <summary>The positive pointwise mutual information of each of these words with each other word in the same sentence.</summary>
    private static double[][] Company(string[] words, IReadOnlyList<string> sentences)
    {
        var place = words.Select((word, index) => (word, index)).ToDictionary(entry => entry.word, entry => entry.index);
        var bags = sentences.Select(sentence => sentence.ToLowerInvariant().Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray()).ToList();
        var frequency = bags.SelectMany(bag => bag).CountBy(word => word).ToDictionary();
        var vocabulary = frequency.Keys.Where(word => frequency[word] >= 50 && !place.ContainsKey(word)).Select((word, index) => (word, index)).ToDictionary(entry => entry.word, entry => entry.index);
        var counts = words.Select(_ => new double[vocabulary.Count]).ToArray();
        foreach (var bag in bags)
        {
            foreach (var word in bag.Where(place.ContainsKey))
            {
                foreach (var other in bag.Where(vocabulary.ContainsKey))
                    counts[place[word]][vocabulary[other]]++;
            }
        }

        foreach (var (word, row) in words.Zip(counts))
        {
            foreach (var (other, column) in vocabulary)
                row[column] = Math.Max(0, Math.Log(row[column] * bags.Count / ((double)frequency.GetValueOrDefault(word, 1) * frequency[other])));
        }

        return counts;
    }

    private static int Nearest(double[][] rows, int row)
    {
        double Cosine(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));
        return Enumerable.Range(0, rows.Length).Where(other => other != row).MaxBy(other => Cosine(rows[row], rows[other]));
    }
}
