using System.Text;
using Contrastive.Data;
using SkiaSharp;
using Xunit;

namespace Contrastive.Tests.Data;

public sealed class CaptionFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("folder")]
    [InlineData("set.tar")]
    [InlineData("set.tgz")]
    [InlineData("set.zip")]
    public void Captions_belong_to_their_pictures_in_folders_and_archives(string source)
    {
        using var set = Read(Store(source, "image,caption\nb.jpg,A dog .\na.jpg,\"Two dogs, one red\"\nb.jpg,Another .\n", "Images/a.jpg", "Images/b.jpg"));
        Assert.Equal(["Images/a.jpg", "Images/b.jpg"], set.Names);
        Assert.Equal(["Two dogs, one red"], set.Captions[0]);
        Assert.Equal(["A dog .", "Another ."], set.Captions[1]);
        Assert.Equal([2, 3, 16, 16], set.Images.shape);
        Assert.Equal([10, 20], set.Images[.., 0, 8, 8].data<byte>().ToArray().Select(red => red / 10 * 10));
        Assert.Empty(set.Notes);
    }

    [Fact]
    public void Quotes_commas_and_line_breaks_in_captions_are_read()
    {
        using var set = Read(Store("folder", "\uFEFFImage , caption\r\na.jpg,\"He said \"\"hi\"\",\r\nthen   left\"\r\na.jpg,it's\r\n\r\n", "a.jpg"));
        Assert.Equal(["He said \"hi\", then left", "it's"], set.Captions[0]);
    }

    [Fact]
    public void The_older_form_is_read_and_its_lemmatized_copy_is_not()
    {
        _folder.Write("set/Flickr8k.lemma.token.txt", Encoding.UTF8.GetBytes("a.jpg#0\tdog\n"));
        _folder.Write("set/readme.txt", [1]);
        using var set = Read(Store("folder", null, "a.jpg", "b.jpg", "Flickr8k.token.txt=a.jpg#0\tA dog .\nb.jpg#0\tTwo, \"three\"\na.jpg#1\tA # cat\t.\n"));
        Assert.Equal(["A dog .", "A # cat ."], set.Captions[0]);
        Assert.Equal(["Two, \"three\""], set.Captions[1]);
    }

    [Fact]
    public void A_picture_is_found_by_path_beside_the_captions_or_by_its_name()
    {
        using var set = Read(Store("folder", null, "x/captions.csv=image,caption\np/a.jpg,one\nq/b.jpg,two\nc.jpg,three\n", "x/p/a.jpg", "q/b.jpg", "y/z/c.jpg", "x/q/d.jpg"));
        Assert.Equal(["q/b.jpg", "x/p/a.jpg", "y/z/c.jpg"], set.Names);
        Assert.Equal(["two", "one", "three"], set.Texts);
        Assert.Equal([$"1 picture has no caption: left out. The first: {_folder.At("set")}: x/q/d.jpg."], set.Notes);
    }

    [Fact]
    public void What_is_left_out_is_counted_and_named_or_an_error()
    {
        var path = Store("folder", "image,caption\na.jpg,ok\na.jpg,\"  \"\nb.jpg,fine\nno.jpg,lost\nno.jpg,lost too\nbroken.jpg,bad\n", "a.jpg", "b.jpg", "c.jpg");
        _folder.Write("set/broken.jpg", Archives.Picture(200, 200, SKColors.Red, SKEncodedImageFormat.Jpeg)[..^30]);
        using var set = Read(path);
        Assert.Equal(["ok", "fine"], set.Texts);
        Assert.Collection(
            set.Notes,
            note => Assert.Equal($"1 caption is empty: left out. The first: {path}: captions.txt, line 3, of 'a.jpg'.", note),
            note => Assert.Equal($"2 captions are of pictures that are not there: left out. The first: {path}: captions.txt, line 5, 'no.jpg'.", note),
            note => Assert.Equal($"1 picture has no caption: left out. The first: {path}: c.jpg.", note),
            note => Assert.StartsWith($"1 picture is damaged: left out. The first: {path}: broken.jpg: the picture is damaged", note, StringComparison.Ordinal));

        Assert.Equal($"1 caption is empty: {path}: captions.txt, line 3, of 'a.jpg'.", Refused(path, strict: true));
    }

    [Theory]
    [InlineData("image,caption\na.jpg,ok\nno.jpg,lost\n", "1 caption is of a picture that is not there: ")]
    [InlineData("image,caption\na.jpg,ok\n", "1 picture has no caption: ")]
    [InlineData("image,caption\na.jpg,ok\nb.jpg,bad\n", "1 picture is damaged: ")]
    public void Strictly_nothing_is_left_out(string captions, string error)
    {
        var path = Store("folder", captions, "a.jpg");
        _folder.Write("set/b.jpg", [1, 2, 3]);
        Assert.StartsWith(error, Refused(path, strict: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("filename,text\na.jpg,ok\n", "captions.txt, line 1: the header is 'filename,text', expected 'image,caption'.")]
    [InlineData("image_name| comment_number| comment\n", "captions.txt, line 1: the header is 'image_name| comment_number| comment', expected 'image,caption'.")]
    [InlineData("image,caption\na.jpg,one, two\n", "captions.txt, line 2: there are 3 values between commas, expected 2: put a caption that has commas in quotes.")]
    [InlineData("image,caption\na.jpg,\"one\n", "captions.txt, line 2: a quote is not closed.")]
    [InlineData("a.jpg#0\tone\na.jpg two\n", "captions.txt, line 2: expected 'picture.jpg#0<tab>caption', found 'a.jpg two'; or begin the file with 'image,caption'.")]
    [InlineData("image,caption\nz.jpg,one\n", "no caption of 'captions.txt' belongs to one of its 1 pictures. 1 caption is of a picture")]
    [InlineData("", "no caption of 'captions.txt' belongs to one of its 1 pictures.")]
    [InlineData(null, "there are no captions: expected captions.txt or a csv with the header 'image,caption', or *.token.txt. Other than pictures it has: nothing.")]
    public void A_file_of_another_form_is_refused_with_what_was_found(string? captions, string error) =>
        Assert.Contains(error, Refused(Store("folder", captions, "a.jpg")), StringComparison.Ordinal);

    [Fact]
    public void Several_files_of_captions_and_ambiguous_names_are_refused()
    {
        var path = Store("folder", null, "x/a.jpg", "y/a.jpg", "one.csv=image,caption\na.jpg,ok\n");
        Assert.EndsWith("one.csv, line 2: 'a.jpg' may be x/a.jpg or y/a.jpg: give its folder too.", Refused(path), StringComparison.Ordinal);
        _folder.Write("set/two.csv", [1]);
        Assert.EndsWith("there are several files of captions, expected one: one.csv, two.csv.", Refused(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_all_pictures_are_damaged_nothing_is_returned()
    {
        var path = Store("folder", "image,caption\na.jpg,ok\n");
        _folder.Write("set/a.jpg", [1]);
        Assert.Contains("no picture is left for 'set'. 1 picture is damaged: left out. The first: ", Refused(path), StringComparison.Ordinal);
    }

    private CaptionedImages Read(string path, bool strict = false) => CaptionFolder.Read(path, size: 16, strict, cache: _folder.At("cache"));

    private string Refused(string path, bool strict = false) => Assert.Throws<InvalidDataException>(() => Read(path, strict)).Message;

    /// <summary>Pictures, each of its own shade of red, and files of text (NAME=TEXT), as a folder or archive.</summary>
    private string Store(string source, string? captions, params string[] names)
    {
        (string Name, byte[] Bytes)[] files =
        [
            .. names.Select((name, i) => name.Split('=', 2) is [var file, var text]
                ? (file, Encoding.UTF8.GetBytes(text))
                : (name, Archives.Picture(20, 24, new SKColor((byte)(10 * i + 13), 0, 0), SKEncodedImageFormat.Png))),
        ];
        if (captions is not null)
            files = [.. files, ("captions.txt", Encoding.UTF8.GetBytes(captions))];
        if (source == "folder")
        {
            Directory.CreateDirectory(_folder.At("set"));
            foreach (var (name, bytes) in files)
                _folder.Write($"set/{name}", bytes);
            return _folder.At("set");
        }

        return _folder.Write(source, source.EndsWith(".zip") ? Archives.Zip(files) : source.EndsWith(".tgz") ? Archives.Gzip(Archives.Tar(files)) : Archives.Tar(files));
    }
}
