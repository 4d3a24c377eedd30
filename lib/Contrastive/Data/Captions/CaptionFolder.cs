using Contrastive.Torch;

namespace Contrastive.Data;

/// <summary>
/// Pictures with captions in Flickr8k's form, in a folder, a tar or a zip: pictures anywhere in it, and one file of captions,
/// <c>captions.txt</c> or a csv with the header <c>image,caption</c> (RFC 4180: a caption with commas, quotes or line breaks is in quotes), or the
/// older <c>*.token.txt</c> with <c>picture.jpg#0&lt;tab&gt;caption</c>. A caption names its picture by path, from the archive's top or from
/// the captions' folder, or by file name alone. White space in captions, line breaks among it, becomes single spaces.
/// </summary>
public static class CaptionFolder
{
    /// <summary>Reads all pictures that have captions. Empty captions, captions of pictures that are not there, pictures without captions and
    /// damaged pictures are left out, counted and named in <see cref="CaptionedImages.Notes"/>.</summary>
    /// <param name="path">A folder, or a <c>.tar</c>, <c>.tar.gz</c>, <c>.tgz</c> or <c>.zip</c>.</param>
    /// <param name="size">The side of the square that each picture is cropped and scaled to. <value>The default is 64.</value></param>
    /// <param name="strict">Whether what would be left out is an error. <value>The default is false.</value></param>
    /// <param name="cache">The folder where decoded pictures are kept; by default the one that <c>CONTRASTIVE_CACHE</c> names, or
    /// <c>contrastive/pictures</c> in the user's cache folder. Where it cannot be written, the notes say so.</param>
    /// <returns>The pictures, uint8 <c>[N, 3, size, size]</c>, in ordinal order of their paths, with their captions in the file's order.</returns>
    /// <exception cref="FileNotFoundException">There is no such folder or archive.</exception>
    /// <exception cref="InvalidDataException">There is no file of captions, or several; it has another header or a wrong line, and the message says
    /// which; the archive is damaged; nothing remains; or something would be left out and <paramref name="strict"/>.</exception>
    public static CaptionedImages Read(string path, int size = 64, bool strict = false, string? cache = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Require.AtLeast(size, 1);
        var files = FlickrCaptions.Find(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), FileTree.Open(path), strict);
        return files.Decode(size, strict, new PictureCache(cache ?? PictureCache.DefaultFolder), (files.Name, [.. Enumerable.Range(0, files.Pictures.Count)]))[0];
    }
}
