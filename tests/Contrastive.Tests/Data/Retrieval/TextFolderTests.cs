using System.Text;
using Contrastive.Data;
using Contrastive.Tests.Losses;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class TextFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_text_is_cut_into_passages_with_its_heading_or_name_as_their_title()
    {
        Write("b.md", "Some words before.\n# The Title\nwords of the text");
        Write("a/notes.TXT", string.Join(' ', Enumerable.Range(0, 205)));
        Write("picture.png", "no text");
        Write(".git/config.txt", "hidden");
        Write("a/.hidden.md", "hidden");
        var passages = TextFolder.ReadPassages(_folder.Path).ToList();
        Assert.Equal(["a/notes.TXT-0", "a/notes.TXT-1", "a/notes.TXT-2", "b.md-0"], passages.Select(passage => passage.Id));
        Assert.Equal(["notes", "notes", "notes", "The Title"], passages.Select(passage => passage.Title));
        Assert.Equal("200 201 202 203 204", passages[2].Text);
        Assert.Equal("Some words before. # The Title words of the text", passages[3].Text);
        Assert.Equal(5 + 1, TextFolder.ReadPassages(_folder.Path, words: 50).Count());
    }

    [Fact]
    public void A_folder_without_texts_and_a_file_that_is_none_are_refused_by_name()
    {
        Assert.Contains("nowhere", Assert.Throws<DirectoryNotFoundException>(() => TextFolder.ReadPassages(_folder.At("nowhere"))).Message, StringComparison.Ordinal);
        Write("picture.png", "no text");
        Assert.Contains(".txt or .md", Assert.Throws<InvalidDataException>(() => TextFolder.ReadPassages(_folder.Path)).Message, StringComparison.Ordinal);
        _folder.Write("bad.txt", [0xC3, 0x28]);
        Assert.Equal(
            $"{_folder.At("bad.txt")}, line 1: it is not UTF-8. Convert it to UTF-8 or leave it out of the folder.",
            Assert.Throws<InvalidDataException>(() => TextFolder.ReadPassages(_folder.Path).ToList()).Message);
    }

    [Fact]
    public void Files_without_a_word_are_left_out_and_a_folder_of_such_files_alone_is_refused()
    {
        Write("a.txt", "");
        Write("b.md", " \n\t\n");
        Assert.Equal($"'{_folder.Path}' holds no words: its texts are empty.", Assert.Throws<InvalidDataException>(() => TextFolder.ReadPassages(_folder.Path).ToList()).Message);
        Write("c.txt", "word");
        Assert.Equal(["c.txt-0"], TextFolder.ReadPassages(_folder.Path).Select(passage => passage.Id));
    }

    [Fact]
    public void Passages_of_no_words_are_refused_when_they_are_asked_for()
    {
        Write("a.txt", "word");
        BadInput.Refused("words is 0; expected at least 1", () => TextFolder.ReadPassages(_folder.Path, words: 0));
    }

    [Fact]
    public void A_link_to_nothing_is_left_out()
    {
        File.CreateSymbolicLink(_folder.At("gone.txt"), _folder.At("nowhere.txt"));
        Assert.Contains("holds no text", Assert.Throws<InvalidDataException>(() => TextFolder.ReadPassages(_folder.Path)).Message, StringComparison.Ordinal);
        Write("there.txt", "word");
        File.CreateSymbolicLink(_folder.At("link.txt"), _folder.At("there.txt"));
        Assert.Equal(["link.txt-0", "there.txt-0"], TextFolder.ReadPassages(_folder.Path).Select(passage => passage.Id));
    }

    private void Write(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));
}
