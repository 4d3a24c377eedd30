using Contrastive.Data;
using Contrastive.Retrieval;
using Xunit;
using static Contrastive.Tests.Losses.BadInput;

namespace Contrastive.Tests.Data;

public sealed class PassageSplitterTests
{
    [Fact]
    public void Blocks_hold_each_word_once_in_its_order_and_the_last_is_shorter()
    {
        var words = Enumerable.Range(0, 250).Select(number => $"w{number}").ToArray();
        var passages = PassageSplitter.Split("a", "The title", string.Join(' ', words));
        Assert.Equal([100, 100, 50], passages.Select(passage => passage.Text.Split(' ').Length));
        Assert.Equal(words, passages.SelectMany(passage => passage.Text.Split(' ')));
        Assert.Equal(["a-0", "a-1", "a-2"], passages.Select(passage => passage.Id));
        Assert.All(passages, passage => Assert.Equal("The title", passage.Title));
        Assert.Equal(2, PassageSplitter.Split("a", "", string.Join(' ', words[..200])).Count);
    }

    [Fact]
    public void Words_stand_between_white_space_of_any_kind_and_stay_as_they_are() =>
        Assert.Equal(
            [new("a-0", "T", "Don't stop,"), new Passage("a-1", "T", "«né» 3.5"), new Passage("a-2", "T", "end.")],
            PassageSplitter.Split("a", "T", "  Don't\tstop,\r\n\n«né»\u00a03.5 end. ", words: 2));

    [Fact]
    public void A_text_without_words_has_no_passage() => Assert.Empty(PassageSplitter.Split("a", "T", " \n\t"));

    [Fact]
    public void Bad_arguments_are_refused()
    {
        Refused("words is 0; expected at least 1", () => PassageSplitter.Split("a", "T", "text", words: 0));
        Assert.Throws<ArgumentException>(() => PassageSplitter.Split("", "T", "text"));
    }
}
